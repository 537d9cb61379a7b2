# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (rows of sample tables stay on one line)
"""Writes the sample files beside it: `PYTHONPATH=desktop python tests/data/readers/make_samples.py`.

Layouts are those of real systems, contents are invented.
"""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from docx import Document
from openpyxl import Workbook

HERE = Path(__file__).parent
TALENT = [
    ["序号", "姓名", "性别", "应聘职位", "身份证号码", "联系电话", "工作经历"],
    [
        "1",
        "钟离安",
        "女",
        "数据分析师",
        "110101199003074578",
        "13800138000",
        "钟离安负责女装销售分析，35岁，90天内把退货率降到5%。",
    ],
    ["2", "闻人杰", "男", "数据分析师", "110101198803074571", "13900139000", "搭建经营看板；已婚，育有一子。"],
]


def kpi_sheet() -> None:
    """月度绩效考核表: a sheet a role, header in row 4, deductions below, total, signatures."""
    book = Workbook()
    for number, (role, rows) in enumerate(
        {
            "产品工程师": [("需求按期交付率", 0.4, "≥95%"), ("线上缺陷数", 0.35, "≤3个"), ("文档完整率", 0.25, "100%")],
            "门店店长": [("销售达成率", 0.5, "100%"), ("盘点差异率", 0.3, "≤0.3%")],
        }.items()
    ):
        sheet = book.active if number == 0 else book.create_sheet()
        sheet.title = role
        _fill_kpi(sheet, role, rows)
    book.save(HERE / "kpi_sheet.xlsx")


def _fill_kpi(sheet: object, role: str, rows: list[tuple[str, float, str]]) -> None:
    sheet["A1"] = "2026年 5 月度绩效考核表"
    sheet.merge_cells("A1:L1")
    for cell, text in {
        "A2": "单位/部门：研发部",
        "E2": "负责人：",
        "G2": "考核周期：2026.5.1-2026.5.31",
        "J2": "签订日期：",
    }.items():
        sheet[cell] = text
    for cell, text in {
        "A3": "绩 效 计 划 确 认",
        "D3": f"被考核岗位：{role}",
        "F3": "被考核人：欧阳靖",
        "H3": "直接主管：",
    }.items():
        sheet[cell] = text
    header = [
        "类别",
        "序号",
        "指标类型",
        "指标名称",
        "权重",
        "目标值",
        "评分标准（0–100分）",
        "指标定义",
        "核算公式",
        "数据提供",
        "实际绩效/得分",
        "折算分",
    ]
    for column, text in enumerate(header, 1):
        sheet.cell(4, column, text)
    at = 5
    for number, (name, weight, target) in enumerate(rows, 1):
        tiers = f"{target}得100分；\n每低1个百分点扣5分"
        for column, value in enumerate(
            [None, number, "定量", name, weight, target, tiers, "按月统计", "完成数÷计划数", "财务部"], 1
        ):
            sheet.cell(at, column, value)
        at += 1
    sheet.cell(5, 1, "KPI\n关键业绩指标")
    sheet.merge_cells(start_row=5, end_row=at - 1, start_column=1, end_column=1)
    for column, text in {
        1: "扣分项",
        4: "扣分事由",
        7: "扣分条件",
        9: "扣分规则",
        10: "数据依据",
        11: "扣分值",
        12: "扣分",
    }.items():
        sheet.cell(at, column, text)
    sheet.merge_cells(start_row=at, end_row=at, start_column=4, end_column=6)
    for column, text in {1: 1, 4: "数据不实", 7: "报工与入库不符", 9: "每次扣3分"}.items():
        sheet.cell(at + 1, column, text)
    sheet.cell(at + 2, 1, "合计")
    sheet.cell(at + 2, 5, sum(weight for _, weight, _ in rows))
    sheet.cell(at + 3, 1, "被考核人意见：")
    sheet.cell(at + 3, 4, "签字：            年    月    日")


def two_rows() -> None:
    """Interview records under a merged two-row header."""
    book = Workbook()
    sheet = book.active
    sheet.title = "面试记录"
    sheet.append(["基础信息", None, None, "面试题目", "评价", None, None, None])
    sheet.append(["候选人", "应聘职位", "面试官", None, "考察能力", "评分(1-5)", "回答要点", "结论"])
    for area in ("A1:C1", "D1:D2", "E1:H1"):
        sheet.merge_cells(area)
    sheet.append(
        [
            "钟离安",
            "数据分析师",
            "人力 闻人杰",
            "请讲一次用数据改变决定的经历？",
            "数据分析",
            4,
            "钟离安说明了口径，她已婚。",
            "录用",
        ]
    )
    sheet.append([None, None, None, "您怎样处理口径分歧？", "沟通协作", 9, "过程清楚", "录用"])
    book.save(HERE / "two_rows.xlsx")


def profile() -> None:
    """岗位说明书 as a Word document with a table of measures."""
    document = Document()
    document.add_heading("仓储主管岗位说明书", 0)
    table = document.add_table(rows=1, cols=4)
    for cell, text in zip(table.rows[0].cells, ["所属部门", "物流部", "编制日期", "2026年2月24日"], strict=True):
        cell.text = text
    document.add_heading("一、岗位职责", 1)
    for text in ("组织每日循环盘点，差异当日查清", "检查叉车证照和消防设施"):
        document.add_paragraph(text, style="List Bullet")
    document.add_heading("二、任职资格", 1)
    document.add_paragraph("教育背景：大专及以上；工作经验：四年以上仓库管理")
    document.add_heading("三、考核指标", 1)
    measures = document.add_table(rows=1, cols=3)
    for cell, text in zip(measures.rows[0].cells, ["指标名称", "基准值", "目标值"], strict=True):
        cell.text = text
    for cell, text in zip(measures.add_row().cells, ["拣货差错率", "0.35%", "≤0.10%"], strict=True):
        cell.text = text
    document.save(str(HERE / "profile.docx"))


def texts() -> None:
    """The same table in several encodings and with several separators, and an HTML table named .xls."""
    chinese = "\r\n".join(",".join(row) for row in TALENT)
    (HERE / "talent_gb18030.csv").write_bytes(chinese.encode("gb18030"))
    (HERE / "talent_utf8_bom.csv").write_bytes(chinese.encode("utf-8-sig"))
    (HERE / "talent_utf16.txt").write_bytes(chinese.replace(",", "\t").encode("utf-16"))
    big5 = "職位名稱,部門,工作職責\r\n資料分析師,營運部,建立經營報表；說明數據口徑並追蹤改善結果\r\n"
    (HERE / "jobs_big5.csv").write_bytes(big5.encode("big5"))
    japanese = "職種,部署,職務内容\r\n倉庫リーダー,物流部,ピッキングの計画を立て、誤出荷の原因を調べる\r\n"
    (HERE / "jobs_shift_jis.csv").write_bytes(japanese.encode("shift_jis"))
    spanish = "Puesto;Departamento;Funciones\r\nJefa de almacén;Logística;Planificar los turnos y revisar los envíos, según campaña\r\n"
    (HERE / "jobs_latin1.csv").write_bytes(spanish.encode("latin-1"))
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in TALENT)
    page = f'<html><head><meta charset="utf-8"></head><body><table><tr><td colspan="7">人才库列表</td></tr>{cells}</table></body></html>'
    (HERE / "talent_html.xls").write_text(page, encoding="utf-8")
    (HERE / "talent.html").write_text(page, encoding="utf-8")


def interfaces() -> None:
    """Answers of recruiting interfaces: talents page by page as 飞书招聘 gives them, interviews line by line with their
    questions inside, positions with their measures inside in GB 18030, scorecards as Greenhouse gives them in UTF-16."""
    talents = {"code": 0, "msg": "success", "data": {"has_more": True, "page_token": "eyJvZmZzZXQiOjIwfQ==", "items": [
        {"id": "6930815272790114325", "is_onboarded": False,
         "basic_info": {"name": "钟离安", "mobile": "13800138000", "email": "zhongli@example.com", "experience_years": 6, "age": 35, "gender": 2,
                        "nationality": {"id": "6", "zh_name": "中国大陆", "en_name": "China"}, "birthday": "1990-03-07"},
         "education_list": [{"id": "11", "school": "浙江大学", "major": "统计学", "start_time": "2009-09", "end_time": "2013-06"}],
         "career_list": [{"id": "21", "company": "甲品牌公司", "title": "数据分析师", "salary": "25k", "start_time": "2013-07", "end_time": "2019-02",
                          "desc": "负责女装销售分析，90天内把退货率降到5%\n搭建门店经营看板"}],
         "customized_data_list": [{"object_id": "1", "name": {"zh_cn": "应聘职位", "en_us": "Applied position"}, "value": {"content": "数据分析师"}},
                                  {"object_id": "2", "name": {"zh_cn": "婚姻状况", "en_us": "Marital status"}, "value": {"content": "已婚"}}]},
        {"id": "6930815272790114326", "is_onboarded": False,
         "basic_info": {"name": "闻人杰", "mobile": "13900139000", "email": "wenren@example.com", "experience_years": 8, "age": 37, "gender": 1,
                        "nationality": None, "birthday": "1988-03-07"},
         "education_list": [], "customized_data_list": [],
         "career_list": [{"id": "22", "company": "乙零售公司", "title": "分析经理", "start_time": "2016-04", "end_time": "2020-12", "desc": "推动门店补货规则上线"},
                         {"id": "23", "company": "丙商贸公司", "title": "分析员", "start_time": None, "end_time": None, "desc": None}]},
    ]}}  # fmt: skip
    (HERE / "talents.json").write_text(json.dumps(talents, ensure_ascii=False, indent=2), encoding="utf-8")
    interviews = [
        {"id": "701234567890123456789", "candidate": {"id": "69", "name": "钟离安"}, "job": {"id": "12", "title": "数据分析师"}, "round": "复试",
         "interview_date": "2026-03-04", "interviewers": [{"id": "ou_1", "name": "闻人杰", "email": "wenren@example.com"}], "conclusion": 2,
         "questions": [{"question": "请讲一次用数据改变决定的经历？", "competency": "数据分析", "rating": 4, "answer": "钟离安说明了口径，她已婚。"},
                       {"question": "您怎样处理口径分歧？", "competency": "沟通协作", "rating": 3.5, "answer": "过程清楚"}]},
        {"id": "701234567890123456790", "candidate": {"id": "70", "name": "东方玉"}, "job": {"id": "12", "title": "数据分析师"}, "round": "初试",
         "interview_date": "2026-03-05", "interviewers": [], "conclusion": 1,
         "questions": [{"question": "请讲一次用数据改变决定的经历？", "competency": "数据分析", "rating": 2, "answer": "没有举出例子"}]},
    ]  # fmt: skip
    lines = "".join(json.dumps(interview, ensure_ascii=False) + "\n" for interview in interviews)
    (HERE / "interviews.jsonl").write_text(lines, encoding="utf-8")
    positions = [
        {"岗位编码": "F-010", "岗位名称": "成本会计", "部门": {"编号": 7, "名称": "财务部"}, "岗位职责": ["核算产品成本", "分析差异并提出改善"],
         "任职资格": ["三年以上制造业成本核算经验"], "考核指标": [{"指标名称": "成本差异率", "目标值": "≤2%", "权重": 0.6}, {"指标名称": "结账及时率", "目标值": "100%", "权重": 0.4}]},
        {"岗位编码": "L-002", "岗位名称": "仓储主管", "部门": {"编号": 8, "名称": "物流部"}, "岗位职责": ["组织每日循环盘点", "检查消防设施"],
         "任职资格": ["四年以上仓库管理经验"], "考核指标": [{"指标名称": "拣货差错率", "目标值": "≤0.1%", "权重": 1}]},
    ]  # fmt: skip
    (HERE / "positions_gb18030.json").write_bytes(json.dumps(positions, ensure_ascii=False).encode("gb18030"))
    scorecards = [
        {"id": 123, "interview": "Onsite", "candidate_id": 1234, "interviewed_at": "2026-03-04T16:00:00.000Z",
         "submitted_by": {"id": 4080, "name": "Kate Miller", "employee_id": None}, "overall_recommendation": "yes",
         "attributes": [{"name": "Communication", "type": "Skills", "note": "Explains variances to plant managers", "rating": "yes"},
                        {"name": "Adaptability", "type": "Traits", "note": None, "rating": "mixed"}],
         "questions": [{"id": 1, "question": "How did you cut the monthly close?", "answer": "Moved accruals forward by two days"}]},
    ]  # fmt: skip
    (HERE / "scorecards_utf16.json").write_bytes(json.dumps(scorecards, indent=2).encode("utf-16"))


class ChineseName(zipfile.ZipInfo):
    """An entry whose name is in GBK without the flag for UTF-8, as Windows and many servers in China write it."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def package() -> None:
    """An export package: a workbook, a text table and an answer of an interface in folders, beside a picture."""
    members = {
        "绩效导出/门店考核.xlsx": (HERE / "kpi_sheet.xlsx").read_bytes(),
        "绩效导出/人才库.csv": (HERE / "talent_gb18030.csv").read_bytes(),
        "绩效导出/岗位.json": (HERE / "positions_gb18030.json").read_bytes(),
        "绩效导出/截图.png": b"\x89PNG\r\n\x1a\n" + bytes(64),
        "绩效导出/readme.txt": "由绩效系统导出，请勿外传".encode("gb18030"),
    }
    with zipfile.ZipFile(HERE / "export_package.zip", "w") as archive:
        for name, body in members.items():
            entry = ChineseName(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, body)


MYSQL_DUMP = r"""-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
--
-- Host: 10.0.0.12    Database: hr
-- ------------------------------------------------------
-- Server version	8.0.36

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!50503 SET NAMES utf8mb4 */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;

--
-- Table structure for table `hr_job`
--

DROP TABLE IF EXISTS `hr_job`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
CREATE TABLE `hr_job` (
  `job_id` bigint NOT NULL AUTO_INCREMENT COMMENT '岗位编号',
  `job_name` varchar(64) COLLATE utf8mb4_general_ci NOT NULL UNIQUE COMMENT '岗位名称',
  `dept_name` varchar(64) DEFAULT NULL COMMENT '所属部门',
  `job_level` char(4) DEFAULT '' COMMENT '职级（P序列为专业，M序列为管理）',
  `duty` text COMMENT '岗位职责',
  `requirement` text COMMENT '任职资格',
  `status` char(1) DEFAULT '0' COMMENT '状态（0正常 1停用）',
  `del_flag` bit(1) DEFAULT b'0',
  `create_time` datetime DEFAULT CURRENT_TIMESTAMP COMMENT '创建时间',
  PRIMARY KEY (`job_id`) USING BTREE,
  KEY `idx_name` (`job_name`(20),`dept_name`)
) ENGINE=InnoDB AUTO_INCREMENT=103 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci COMMENT='招聘岗位表';

--
-- Dumping data for table `hr_job`
--

LOCK TABLES `hr_job` WRITE;
/*!40000 ALTER TABLE `hr_job` DISABLE KEYS */;
INSERT INTO `hr_job` VALUES (101,'数据分析师','数据部','P5','1. 搭建经营看板；\n2. 每月复盘退货原因 -- 给出改进建议;','三年以上数据分析经验，熟练使用 SQL','0',_binary '\0','2026-01-05 09:30:00'),(102,'门店店长','零售部','M1','带领团队完成销售目标；\r\n控制盘点差异在 0.3% 以内','有 \'连锁零售\' 经验','0',_binary '\0','2026-01-06 10:00:00');
/*!40000 ALTER TABLE `hr_job` ENABLE KEYS */;
UNLOCK TABLES;

--
-- Table structure for table `hr_candidate`
--

DROP TABLE IF EXISTS `hr_candidate`;
CREATE TABLE `hr_candidate` (
  `id` bigint NOT NULL AUTO_INCREMENT COMMENT '主键',
  `name` varchar(30) NOT NULL COMMENT '姓名',
  `sex` char(1) DEFAULT '2' COMMENT '类别（0男 1女 2未知）',
  `id_card` varchar(18) DEFAULT NULL COMMENT '身份证号码',
  `mobile` varchar(20) DEFAULT NULL COMMENT '联系电话',
  `job_name` varchar(64) DEFAULT NULL COMMENT '应聘职位',
  `experience` longtext COMMENT '工作经历',
  `photo` longblob,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB COMMENT='候选人信息表';
LOCK TABLES `hr_candidate` WRITE;
INSERT INTO `hr_candidate` VALUES (1,'钟离安','1','110101199003074578','13800138000','数据分析师','钟离安负责女装销售分析，90天内把退货率降到5%👍。',0x89504E470D0A1A0A),(2,'闻人杰','0','110101198803074571','13900139000','门店店长','管理 12 人的门店；月销售达成率 108%',NULL);
UNLOCK TABLES;

DROP TABLE IF EXISTS `hr_kpi_item`;
CREATE TABLE `hr_kpi_item` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `job_id` bigint NOT NULL COMMENT '岗位ID',
  `item_name` varchar(100) NOT NULL COMMENT '指标名称',
  `weight` decimal(5,2) DEFAULT NULL COMMENT '权重(%)',
  `target` varchar(64) DEFAULT NULL COMMENT '目标值',
  `formula` varchar(255) DEFAULT NULL COMMENT '计算公式',
  `standard` text COMMENT '评分标准',
  PRIMARY KEY (`id`)
) ENGINE=InnoDB COMMENT='岗位考核指标';
INSERT INTO `hr_kpi_item` (`id`,`job_id`,`item_name`,`weight`,`target`,`formula`,`standard`) VALUES
(1,101,'需求按期交付率',60.00,'≥95%','按期完成数÷需求总数','达到目标得100分；\n每低1个百分点扣5分'),
(2,101,'报表差错数',40.00,'≤2个','当月被退回的报表数','每多1个扣10分'),
(3,102,'销售达成率',100.00,'100%','实际销售额÷目标销售额','按达成率计分');

DELIMITER ;;
/*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 TRIGGER `t_log` AFTER INSERT ON `hr_job` FOR EACH ROW BEGIN
  INSERT INTO `hr_log` VALUES (NEW.job_id, 'x');
END */;;
DELIMITER ;
/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;

-- Dump completed on 2026-03-01  2:00:01
"""
POSTGRES_DUMP = r"""--
-- PostgreSQL database dump
--

\restrict k3v9

-- Dumped from database version 16.2

SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);

CREATE FUNCTION recruit.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  INSERT INTO recruit.log VALUES ('it''s; here');
  RETURN NEW;
END;
$$;

CREATE TABLE recruit.position (
    id integer NOT NULL,
    title character varying(80) NOT NULL,
    department text,
    duties text,
    skills text[],
    is_active boolean DEFAULT true NOT NULL,
    updated_at timestamp with time zone DEFAULT now()
);
ALTER TABLE recruit.position OWNER TO hr;
COMMENT ON TABLE recruit.position IS 'Open positions';
COMMENT ON COLUMN recruit.position.duties IS 'Responsibilities';
COMMENT ON COLUMN recruit.position.skills IS 'Required skills';

CREATE TABLE recruit.feedback (
    id integer NOT NULL,
    candidate text,
    title text,
    question text,
    rating numeric(3,1),
    answer_summary text
);

COPY recruit.position (id, title, department, duties, skills, is_active, updated_at) FROM stdin;
1	Cost accountant	Finance	Runs the monthly close\nExplains variances to plant managers	{SAP,"variance analysis"}	t	2026-02-01 08:00:00+00
2	Warehouse lead	Logistics	Plans shifts;\tkeeps C:\\stock\\log up to date	\N	f	2026-02-03 09:15:00+00
\.

COPY recruit.feedback (id, candidate, title, question, rating, answer_summary) FROM stdin;
1	Ann Lee	Cost accountant	How did you shorten a close?	4.0	Moved accruals forward by two days
2	Joe O'Neil	Warehouse lead	Tell me about a stock difference you found.	3.5	Counted twice -- found a wrong unit; \\N is not null here
\.

SELECT pg_catalog.setval('recruit.position_id_seq', 2, true);
ALTER TABLE ONLY recruit.position
    ADD CONSTRAINT position_pkey PRIMARY KEY (id);

--
-- PostgreSQL database dump complete
--

\unrestrict k3v9
"""
SQLSERVER_SCRIPT = """USE [HRM]
GO
SET ANSI_NULLS ON
GO
CREATE TABLE [dbo].[T_Interview](
	[FID] [int] IDENTITY(1,1) NOT NULL,
	[FName] [nvarchar](50) NULL,
	[FPosition] [nvarchar](50) NULL,
	[FDate] [datetime] NULL,
	[FQuestion] [nvarchar](max) NULL,
	[FScore] [decimal](4, 1) NULL,
	[FNote] [nvarchar](max) NULL,
 CONSTRAINT [PK_T_Interview] PRIMARY KEY CLUSTERED ([FID] ASC) WITH (PAD_INDEX = OFF) ON [PRIMARY]
) ON [PRIMARY] TEXTIMAGE_ON [PRIMARY]
GO
SET IDENTITY_INSERT [dbo].[T_Interview] ON

INSERT [dbo].[T_Interview] ([FID], [FName], [FPosition], [FDate], [FQuestion], [FScore], [FNote]) VALUES (1, N'钟离安', N'数据分析师', CAST(N'2026-03-04T10:00:00.000' AS DateTime), N'请讲一次用数据改变决定的经历？', CAST(4.0 AS Decimal(4, 1)), N'说明了口径;''退货率''降了两个点')
INSERT [dbo].[T_Interview] ([FID], [FName], [FPosition], [FDate], [FQuestion], [FScore], [FNote]) VALUES (2, N'闻人杰', N'门店店长', CAST(0x0000B40A00A4CB80 AS DateTime), N'您怎样处理盘点差异？', CAST(3.5 AS Decimal(4, 1)), NULL)
SET IDENTITY_INSERT [dbo].[T_Interview] OFF
GO
""" + "".join(
    f"EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'{comment}' , @level0type=N'SCHEMA',@level0name=N'dbo',"
    f" @level1type=N'TABLE',@level1name=N'T_Interview', @level2type=N'COLUMN',@level2name=N'{column}'\nGO\n"
    for column, comment in {"FName": "候选人", "FPosition": "应聘职位", "FDate": "面试日期", "FQuestion": "面试题目",
                            "FScore": "评分", "FNote": "回答要点"}.items()
)  # fmt: skip


def databases() -> None:
    """Dumps of MySQL, PostgreSQL and SQL Server (in UTF-16, as its tool saves them), and a SQLite file."""
    (HERE / "hr_mysql.sql").write_text(MYSQL_DUMP, encoding="utf-8")
    (HERE / "recruit_postgres.sql").write_text(POSTGRES_DUMP, encoding="utf-8")
    (HERE / "interview_sqlserver.sql").write_bytes(SQLSERVER_SCRIPT.replace("\n", "\r\n").encode("utf-16"))
    path = HERE / "standards.sqlite3"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript("""
            CREATE TABLE competency_standard (id INTEGER PRIMARY KEY AUTOINCREMENT, 能力项 TEXT NOT NULL, 等级 INTEGER,
                行为标准 TEXT, icon BLOB, label TEXT GENERATED ALWAYS AS (能力项 || 等级) VIRTUAL);
            CREATE TABLE goals (goal_id TEXT PRIMARY KEY, parent_goal TEXT, goal TEXT, target REAL, due_date TEXT) WITHOUT ROWID;
            CREATE VIEW everything AS SELECT * FROM goals;
            CREATE INDEX by_level ON competency_standard (等级);
            CREATE TRIGGER none AFTER INSERT ON goals BEGIN DELETE FROM goals WHERE goal_id = ''; END;
        """)
        database.executemany(
            "INSERT INTO competency_standard (能力项, 等级, 行为标准, icon) VALUES (?, ?, ?, ?)",
            [
                ("数据分析", 1, "能按模板出报表", b"\x89PNG"),
                ("数据分析", 3, "说明口径；\n能追问'异常'的原因", None),
                ("沟通协作", 5, "让不同部门就口径达成一致", None),
            ],
        )
        database.executemany(
            "INSERT INTO goals VALUES (?, ?, ?, ?, ?)",
            [
                ("G1", None, "Grow online sales", 0.25, "2026-12-31"),
                ("G1.1", "G1", "Cut returns -- by half", 5.0, "2026-06-30"),
            ],
        )
        database.commit()


def pdfs() -> None:
    """See pdf_samples.py."""
    import pdf_samples

    pdf_samples.profile()
    pdf_samples.measures()


if __name__ == "__main__":
    kpi_sheet()
    two_rows()
    profile()
    texts()
    interfaces()
    package()
    databases()
    pdfs()
