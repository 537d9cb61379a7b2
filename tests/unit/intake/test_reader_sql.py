# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (statements stay on one line)

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.intake.support import refusal

from askwell.domain.errors import InputRefused
from askwell.domain.records import Candidate, Kpi, PastInterview, Position, RecordKind
from askwell.intake import readers, service
from askwell.intake.model import Cell, RawTable
from askwell.intake.readers import base, sql_again
from askwell.intake.readers.csv import CsvReader
from askwell.intake.readers.sql import SqlReader
from askwell.intake.readers.sql_dialect import dialect_name
from askwell.intake.verification import verify

SAMPLES = Path(__file__).parents[2] / "data" / "readers"
MYSQL = "-- MySQL dump 10.13\n"
POSTGRES = "-- PostgreSQL database dump\n"
SERVER = "USE [HR]\nGO\n"
SQLITE = "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n"


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "dump.sql"
    path.write_bytes(text.encode(encoding))
    return path


def tables(folder: Path, text: str, encoding: str = "utf-8") -> list[RawTable]:
    """The tables of a dump, which sqlglot has to see likewise."""
    path = write(folder, text, encoding)
    assert type(readers.reader_for(path)) is SqlReader
    found = readers.read(path)
    result = verify(path, found)
    assert (result.mismatches, result.rate, result.method) == ((), 1.0, "sqlglot")
    return found


def only(folder: Path, text: str) -> list[list[Cell]]:
    (table,) = tables(folder, text)
    return table.cells


# MySQL


def test_a_dump_of_mysql_becomes_one_table_each_with_its_comments_as_headers() -> None:
    found = readers.read(SAMPLES / "hr_mysql.sql")
    assert [table.sheet for table in found] == [
        "hr_job 招聘岗位",
        "hr_candidate 候选人信息",
        "hr_kpi_item 岗位考核指标",
    ]
    jobs = found[0].cells
    assert jobs[0][:6] == ["岗位编号", "岗位名称", "所属部门", "职级", "岗位职责", "任职资格"]
    assert jobs[1][4] == "1. 搭建经营看板；\n2. 每月复盘退货原因 -- 给出改进建议;"
    assert jobs[2][5] == "有 '连锁零售' 经验"
    assert jobs[1][7] == 0
    assert found[1].cells[1][6] == "钟离安负责女装销售分析，90天内把退货率降到5%👍。"
    assert found[1].cells[1][7] is None
    assert found[0].encoding == "utf-8"


def test_the_whole_way_from_a_dump_to_records(tmp_path: Path) -> None:
    path = SAMPLES / "hr_mysql.sql"
    plan = service.plan(path)
    assert [table.kind for table in plan.tables] == [RecordKind.POSITION, RecordKind.CANDIDATE, RecordKind.KPI]
    result = service.build(path, plan, b"salt")
    assert [record.title for record in result.records if isinstance(record, Position)] == ["数据分析师", "门店店长"]
    measures = [record for record in result.records if isinstance(record, Kpi)]
    assert [measure.name for measure in measures] == ["需求按期交付率", "报表差错数", "销售达成率"]
    assert {measure.position_title for measure in measures} == {"数据分析师", "门店店长"}
    assert len([record for record in result.records if isinstance(record, Candidate)]) == 2
    assert "110101199003074578" not in repr(result)
    assert "钟离安" not in repr(result.records)
    assert result.verification.mismatches == ()


def test_interviews_of_sql_server_are_recognised() -> None:
    path = SAMPLES / "interview_sqlserver.sql"
    result = service.build(path, service.plan(path), b"salt")
    assert len([record for record in result.records if isinstance(record, PastInterview)]) == 2


def test_strings_of_mysql_may_hold_anything(tmp_path: Path) -> None:
    values = (
        r"""'a;b','-- c','/* d */','e''f','g\'h','i\\','j\nk',"l\"m",'n"o','p`q','%r\%s\_','(1,2),(3','🙂','','  '"""
    )
    cells = only(tmp_path, f"{MYSQL}INSERT INTO `t` VALUES ({values});\nINSERT INTO t VALUES ({values});")
    assert cells[1] == cells[2]
    assert cells[1] == [
        "a;b", "-- c", "/* d */", "e'f", "g'h", "i\\", "j\nk", 'l"m', 'n"o', "p`q", "%r\\%s\\_", "(1,2),(3", "🙂", None, None,
    ]  # fmt: skip
    assert cells[0][:2] == ["column1", "column2"]


def test_values_of_mysql_that_are_no_strings(tmp_path: Path) -> None:
    values = (
        "NULL,true,FALSE,-1,+2,3.50,.5,1e3,0x414243,X'4A',b'101',_binary '\\0',_utf8mb4'x',N'y','a' 'b',NOW(),DEFAULT,1+1,"
        "CAST('2024-01-02' AS DATE),CONCAT('c','d'),(SELECT 1),123456789012345678901,0x89504E47,STR_TO_DATE('2024','%Y')"
    )
    row = only(tmp_path, f"{MYSQL}INSERT INTO t VALUES ({values});")[1]
    assert row == [
        None, True, False, -1, 2, 3.5, 0.5, 1000, "ABC", "J", 5, 0, "x", "y", "ab", None, None, None,
        "2024-01-02", "cd", None, "123456789012345678901", None, "2024",
    ]  # fmt: skip


def test_rows_over_several_lines_with_comments_and_an_update_clause(tmp_path: Path) -> None:
    text = f"""{MYSQL}INSERT IGNORE INTO `hr`.`t` (`a`, `b`)
    VALUES
      (1, /* the first */ 'x'), -- it's
      (2,
       'y;
z')
    ON DUPLICATE KEY UPDATE b = VALUES(b);
    REPLACE INTO hr.t (b, a) VALUE ('w', 3);"""
    assert only(tmp_path, text) == [["a", "b"], [1, "x"], [2, "y;\nz"], [3, "w"]]


def test_a_column_may_be_missing_or_new_in_an_insert(tmp_path: Path) -> None:
    text = f"{MYSQL}CREATE TABLE t (a int, b int, c int);INSERT INTO t(c,a) VALUES (3,1);\nINSERT INTO t(d) VALUES (4);"
    assert only(tmp_path, text) == [["a", "b", "c", "d"], [1, None, 3, None], [None, None, None, 4]]


def test_keys_and_constraints_are_no_columns_and_columns_may_be_called_like_them(tmp_path: Path) -> None:
    text = f"""{MYSQL}CREATE TABLE IF NOT EXISTS t (
      id int(11) unsigned NOT NULL AUTO_INCREMENT COMMENT '编号',
      `key` varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT 'a,b)' COMMENT '姓''名',
      period varchar(9) UNIQUE COMMENT '周期',
      total int GENERATED ALWAYS AS (id * 2) STORED,
      PRIMARY KEY (id), UNIQUE KEY u (`key`), KEY k (`key`(10) DESC), FULLTEXT KEY f (`key`),
      CONSTRAINT c FOREIGN KEY (id) REFERENCES o (id) ON DELETE CASCADE, CHECK (id > 0)
    ) ENGINE=InnoDB COMMENT='一张表';
    INSERT INTO t (id, `key`) VALUES (1, 'x');"""
    assert only(tmp_path, text)[0] == ["编号", "姓'名", "周期", "total"]


def test_an_explaining_comment_is_cut_to_the_name_in_it(tmp_path: Path) -> None:
    comments = [
        "状态：0-停用，1-启用",
        "性别 0男 1女",
        "这是一段没有名称而且非常非常长的说明文字它不能做表头因为它根本不是名称",
        "1-5分",
        "权重(%)",
    ]
    columns = ",".join(f"c{at} int COMMENT '{comment}'" for at, comment in enumerate(comments))
    assert only(tmp_path, f"{MYSQL}CREATE TABLE t ({columns});\nINSERT INTO t VALUES (1,2,3,4,5);")[0] == [
        "状态", "性别", "c2", "c3", "权重(%)",
    ]  # fmt: skip


def test_a_comment_cannot_hide_a_protected_column_nor_a_known_word(tmp_path: Path) -> None:
    text = f"{MYSQL}CREATE TABLE t (sex int COMMENT '类别', id_card text COMMENT '号', department text COMMENT 'see chart', x int COMMENT '部门');"
    assert only(tmp_path, text)[0] == ["sex", "id_card", "department", "部门"]


def test_tables_of_the_same_name_in_two_databases_stay_apart(tmp_path: Path) -> None:
    text = (
        f"{MYSQL}USE `a`;\nINSERT INTO t VALUES (1);\nUSE `b`;\nINSERT INTO t VALUES (2);\nINSERT INTO a.t VALUES (3);"
    )
    assert [(table.sheet, table.cells[1:]) for table in tables(tmp_path, text)] == [("a.t", [[1], [3]]), ("b.t", [[2]])]


def test_a_blob_in_raw_bytes_does_not_spoil_the_encoding(tmp_path: Path) -> None:
    path = tmp_path / "dump.sql"
    text = f"{MYSQL}INSERT INTO t VALUES (1,'岗位',_binary '?1?'),(2,'职责',_binary '\\0');".encode()
    path.write_bytes(text.replace(b"?", b"\xff\xd8\\'\xfe"))
    found = readers.read(path)
    assert found[0].cells[1:] == [[1, "岗位", None], [2, "职责", 0]]
    assert verify(path, found).rate == 1.0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_dumps_come_in_several_encodings(encoding: str, tmp_path: Path) -> None:
    text = f"{MYSQL}CREATE TABLE t (a text COMMENT '岗位名称', b text COMMENT '岗位职责');\nINSERT INTO t VALUES ('成本会计','核算产品成本，编制报表');"
    (table,) = tables(tmp_path, text, encoding)
    assert table.cells == [["岗位名称", "岗位职责"], ["成本会计", "核算产品成本，编制报表"]]
    assert table.encoding == encoding


# PostgreSQL


def test_copy_blocks_of_postgres(tmp_path: Path) -> None:
    found = readers.read(SAMPLES / "recruit_postgres.sql")
    assert [table.sheet for table in found] == ["position Open positions", "feedback"]
    first, second = found[0].cells[1:]
    assert first[3] == "Runs the monthly close\nExplains variances to plant managers"
    assert first[4] == "SAP\nvariance analysis"
    assert (first[5], second[5]) == (True, False)
    assert second[3] == "Plans shifts;\tkeeps C:\\stock\\log up to date"
    assert second[4] is None
    assert found[1].cells[2][5] == "Counted twice -- found a wrong unit; \\N is not null here"


def test_inserts_of_postgres(tmp_path: Path) -> None:
    text = rf"""{POSTGRES}CREATE TABLE "public"."Job" (id integer, "Title" character varying(9) DEFAULT 'x'::character varying,
      ok boolean, made timestamp without time zone DEFAULT now(), tags text[]);
    COMMENT ON COLUMN public."Job"."Title" IS '岗位''名称';
    INSERT INTO public."Job" OVERRIDING SYSTEM VALUE VALUES (1, E'a\'b\n\\', true, '2024-01-01', '{{x,"y z"}}');
    INSERT INTO "public"."Job" VALUES (2, $q$it's $$; ok$q$, 'f', '2024'::timestamp without time zone, NULL::text[]),
      (-3, 'back\slash', NULL, CURRENT_TIMESTAMP, ARRAY['a']) ON CONFLICT DO NOTHING;
    INSERT INTO public."Job" VALUES (4, 'a' || chr(10) || 'b', U&'\4e2d', nextval('s'::regclass)) RETURNING id;"""
    assert only(tmp_path, text) == [
        ["id", "岗位'名称", "ok", "made", "tags"],
        [1, "a'b\n\\", True, "2024-01-01", "x\ny z"],
        [2, "it's $$; ok", False, "2024", None],
        [-3, "back\\slash", None, None, None],
        [4, "a\nb", "中", None, None],
    ]


def test_copy_without_a_list_of_columns_and_with_lines_of_another_width(tmp_path: Path) -> None:
    text = f"{POSTGRES}CREATE TABLE t (a text, b numeric);\r\nCOPY t FROM stdin;\r\nx\t1.50\r\n\\N\t2\r\n\\.\r\nCOPY t (b) FROM stdin;\r\n3\t4\r\n5\r\n\\.\r\n"
    assert only(tmp_path, text) == [["a", "b"], ["x", 1.5], [None, 2], [None, 5]]


def test_the_body_of_a_function_is_not_taken_for_data(tmp_path: Path) -> None:
    text = f"""{POSTGRES}CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $_$
    BEGIN INSERT INTO bad VALUES ('it''s'); RETURN NEW; END; $_$;
    CREATE FUNCTION g() RETURNS void LANGUAGE sql BEGIN ATOMIC INSERT INTO bad VALUES (1); END;
    CREATE RULE r AS ON INSERT TO t DO ALSO (INSERT INTO bad VALUES (1); INSERT INTO bad VALUES (2));
    INSERT INTO t VALUES (1);"""
    assert [table.sheet for table in tables(tmp_path, text)] == ["t"]


# SQL Server


def test_a_script_of_sql_server() -> None:
    (table,) = readers.read(SAMPLES / "interview_sqlserver.sql")
    assert table.encoding == "utf-16"
    assert table.cells[0] == ["FID", "候选人", "应聘职位", "面试日期", "面试题目", "评分", "回答要点"]
    assert table.cells[1][3:7] == [
        "2026-03-04T10:00:00.000",
        "请讲一次用数据改变决定的经历？",
        4,
        "说明了口径;'退货率'降了两个点",
    ]
    assert table.cells[2][3] == datetime(2026, 3, 11, 10, 0)


def test_brackets_procedures_and_missing_semicolons_of_sql_server(tmp_path: Path) -> None:
    text = f"""{SERVER}IF NOT EXISTS (SELECT * FROM sys.objects WHERE name = N'T')
BEGIN
CREATE TABLE [dbo].[T]([a]]b] [int] NOT NULL, [c] AS ([a]]b]+(1)), [d] [nvarchar](max) NULL,
 CONSTRAINT [PK] PRIMARY KEY CLUSTERED ([a]]b] ASC)) ON [PRIMARY]
END
GO
CREATE PROCEDURE p AS
BEGIN
INSERT INTO bad VALUES (1);
INSERT INTO bad VALUES (2)
END
GO
INSERT [dbo].[T] ([a]]b], [d]) VALUES (1, N'x\\n' + CHAR(13) + CHAR(10) + N'; GO')
INSERT INTO dbo.T ([a]]b], [d]) VALUES (2, CONVERT(nvarchar(9), N'y', 1)), (3, 0x00000000000007D1)
GO
"""
    (table,) = tables(tmp_path, text)
    assert table.cells == [["a]b", "c", "d"], [1, None, "x\\n\n; GO"], [2, None, "y"], [3, None, None]]


# SQLite


def test_a_dump_of_sqlite(tmp_path: Path) -> None:
    text = rf"""{SQLITE}CREATE TABLE jobs(id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT, icon BLOB, twice AS (id * 2));
    INSERT INTO jobs(id,title,icon) VALUES(1,replace('a\nb''c','\n',char(10)),X'89504e47');
    INSERT INTO "jobs"(id,title,icon) VALUES(2,unistr('\u4e2d\u000a\\'),NULL);
    DELETE FROM sqlite_sequence;
    INSERT INTO sqlite_sequence VALUES('jobs',2);
    CREATE TRIGGER x AFTER INSERT ON jobs BEGIN
      UPDATE jobs SET title = CASE WHEN id THEN 'a' END; INSERT INTO bad VALUES (new.id); END;
    INSERT INTO jobs(id,title) VALUES(3,'back\nslash');
    COMMIT;"""
    assert only(tmp_path, text) == [
        ["id", "title", "icon", "twice"],
        [1, "a\nb'c", None, None],
        [2, "中\n\\", None, None],
        [3, "back\\nslash", None, None],
    ]


texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=30)
rows = st.lists(
    st.lists(st.none() | texts | st.integers(-(10**12), 10**12), min_size=3, max_size=3), min_size=1, max_size=5
)


def as_read(table: list[list[Cell]]) -> list[list[Cell]]:
    return [[None if isinstance(cell, str) and not cell.strip() else cell for cell in row] for row in table]


def full(table: list[list[Cell]]) -> bool:
    return any(cell is not None for cell in as_read(table)[-1])


def both(tmp: Path, text: str, expected: list[list[Cell]]) -> None:
    path = write(tmp, text)
    if SqlReader().sniff(path):
        assert SqlReader().read(path)[0].cells[1:] == as_read(expected)
        assert SqlReader().reread(path)[1][0].cells[1:] == as_read(expected)


@given(rows.filter(full))
@settings(deadline=None, max_examples=60)
def test_what_sqlite_dumps_is_read_as_it_was(tmp_path_factory: pytest.TempPathFactory, table: list[list[Cell]]) -> None:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE t (a, b, c)")
    database.executemany("INSERT INTO t VALUES (?, ?, ?)", table)
    both(tmp_path_factory.mktemp("dump"), "PRAGMA x;\n" + "\n".join(database.iterdump()), table)
    database.close()


@given(rows.filter(full))
@settings(deadline=None, max_examples=60)
def test_what_mysql_escapes_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[Cell]]
) -> None:
    signs = str.maketrans({"\\": "\\\\", "'": "\\'", '"': '\\"', "\n": "\\n", "\x1a": "\\Z"})
    written = [
        "(" + ",".join("NULL" if c is None else f"'{c.translate(signs)}'" if isinstance(c, str) else str(c) for c in row) + ")"
        for row in table
    ]  # fmt: skip
    both(tmp_path_factory.mktemp("dump"), f"{MYSQL}INSERT INTO `t` VALUES {','.join(written)};\n", table)


@given(rows.filter(full))
@settings(deadline=None, max_examples=60)
def test_what_postgres_copies_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[Cell]]
) -> None:
    signs = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\b": "\\b", "\f": "\\f", "\v": "\\v"})
    lines = ["\t".join("\\N" if c is None else str(c).translate(signs) for c in row) for row in table]
    texts = [[str(cell) if cell is not None else None for cell in row] for row in table]
    both(
        tmp_path_factory.mktemp("dump"),
        f"{POSTGRES}COPY t (a, b, c) FROM stdin;\n" + "\n".join(lines) + "\n\\.\n",
        texts,
    )


# Numbers that point to other tables


def test_a_key_gets_the_name_that_it_stands_for(tmp_path: Path) -> None:
    text = f"""{MYSQL}CREATE TABLE hr_job (id int, job_name text COMMENT '岗位名称'); CREATE TABLE candidates (id int, name text);
    CREATE TABLE kpi (kpi_name text, job_id int, candidateId int, boss_id int);
    INSERT INTO hr_job VALUES (7, '成本会计'), (8, '仓储主管');
    INSERT INTO candidates VALUES (1, 'Ann');
    INSERT INTO kpi VALUES ('差错率', 8, 1, 5), ('及时率', 7, NULL, 5), ('合计', NULL, NULL, NULL);"""
    assert tables(tmp_path, text)[2].cells == [
        ["kpi_name", "job_id", "candidateId", "boss_id", "岗位名称", "candidate_name"],
        ["差错率", 8, 1, 5, "仓储主管", "Ann"],
        ["及时率", 7, None, 5, "成本会计", None],
        ["合计", None, None, None, None, None],
    ]


@pytest.mark.parametrize(
    "jobs",
    [
        "INSERT INTO job VALUES (1, 'a'), (1, 'b');",  # the key is there twice
        "INSERT INTO job VALUES (2, 'a');",  # it points nowhere
        "INSERT INTO job VALUES (1, 'a'); CREATE TABLE old_job (id int, name text);",  # two tables answer
    ],
)
def test_no_name_is_guessed(jobs: str, tmp_path: Path) -> None:
    text = f"{MYSQL}CREATE TABLE job (id int, name text);\n{jobs}\nCREATE TABLE kpi (kpi_name text, job_id int);\nINSERT INTO kpi VALUES ('x', 1);"
    assert tables(tmp_path, text)[-1].cells[0] == ["kpi_name", "job_id"]


# What is ignored, broken or hostile


def test_statements_without_data_are_passed_over_and_do_nothing(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    text = f"""{MYSQL}DROP TABLE t; DROP DATABASE hr; ATTACH DATABASE '{victim}' AS v; COPY t FROM PROGRAM 'touch {victim}';
    LOAD DATA INFILE '{victim}' INTO TABLE t; SELECT 'x' INTO OUTFILE '{victim}'; EXEC xp_cmdshell 'touch {victim}';
    GRANT ALL ON *.* TO x; INSERT INTO t SELECT * FROM u; INSERT INTO t SET a = 1; UPDATE t SET a = 2;
    \\! touch {victim}
    CREATE PROCEDURE p() BEGIN INSERT INTO bad VALUES (1); IF 1 THEN INSERT INTO bad VALUES (2); END IF; END;
    DELIMITER //
    CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW BEGIN INSERT INTO bad VALUES (3); END//
    DELIMITER ;
    INSERT INTO t VALUES (1);"""
    found = readers.read(write(tmp_path, text))
    assert [(table.sheet, table.cells) for table in found] == [("t", [["column1"], [1]])]
    assert not victim.exists()


def test_a_statement_that_cannot_be_read_is_left_out_and_the_rest_kept(tmp_path: Path) -> None:
    text = f"""{MYSQL}INSERT INTO t VALUES (1,'a');
INSERT INTO t VALUES (2,'O'Brien');
INSERT INTO t VALUES (3 'b' c;
INSERT INTO t VALUES ROW(4,'c');
INSERT INTO t VALUES (5,'d');
"""
    assert readers.read(write(tmp_path, text))[0].cells[1:] == [[1, "a"], [5, "d"]]


@pytest.mark.parametrize(
    "end",
    [
        "INSERT INTO t VALUES (2,'never clo",
        "INSERT INTO t VALUES (2,'b'),",
        "INSERT INTO t VALUES (2,'b'",
        "INSERT INTO t VALUES (2,",
    ],
)
def test_a_dump_that_is_cut_off_within_data_is_damaged(end: str, tmp_path: Path) -> None:
    assert refusal(write(tmp_path, f"{MYSQL}INSERT INTO t VALUES (1,'a');\n{end}")) == "file_damaged"


def test_a_copy_block_without_its_end_is_damaged(tmp_path: Path) -> None:
    assert refusal(write(tmp_path, f"{POSTGRES}COPY t (a) FROM stdin;\nx\ny\n")) == "file_damaged"


def test_a_script_without_any_table_is_damaged(tmp_path: Path) -> None:
    assert refusal(write(tmp_path, f"{MYSQL}INSERT INTO t VALUES (1 'a' b;\n")) == "file_damaged"
    assert refusal(write(tmp_path, f"{MYSQL}SELECT 1;\n")) == "file_damaged"


def test_a_script_that_is_broken_throughout_is_given_up(tmp_path: Path) -> None:
    assert refusal(write(tmp_path, MYSQL + "INSERT INTO t VALUES (1,'O'Brien');\n" * 300)) == "file_damaged"


def test_a_table_that_was_only_declared_has_its_header(tmp_path: Path) -> None:
    assert only(tmp_path, f"{MYSQL}CREATE TABLE t (a int, b text);") == [["a", "b"]]


@pytest.mark.parametrize(
    "body",
    [
        "SELECT '" + "\\'" * 200_000,
        "INSERT INTO t VALUES ('\\'\n" * 20_000,
        "/* " * 100_000,
        "/* x\nDROP TABLE y;\n" * 20_000,
        "INSERT INTO t VALUES " + "(" * 100_000,
        "INSERT INTO t (" + "a," * 100_000,
        "INSERT INTO t" + ".a" * 100_000,
        "DELIMITER ;;\n" * 50_000,
        "CREATE TRIGGER x BEGIN\n" * 50_000,
        "COPY t FROM stdin;\n" * 50_000,
    ],
)
@pytest.mark.timeout(60)
def test_nothing_makes_reading_take_for_ever(body: str, tmp_path: Path) -> None:
    path = write(tmp_path, f"{MYSQL}CREATE TABLE t (a int);\nINSERT INTO t VALUES (1);\n{body}")
    try:
        found = readers.read(path)[0].cells[1:]
    except InputRefused as refused:
        found = refused.message.key
    assert found in ([[1]], "error.file_damaged")
    SqlReader().reread(path)


@pytest.mark.timeout(60)
def test_many_dollar_quotes_without_an_end_are_given_up(tmp_path: Path) -> None:
    text = POSTGRES + "".join(f"SELECT $a{number}$\nDROP TABLE x;\n" for number in range(20_000))
    assert refusal(write(tmp_path, text)) == "file_damaged"


def test_limits_hold_for_cells_columns_and_rows_spread_over_wide_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refusal(write(tmp_path, f"{MYSQL}INSERT INTO t VALUES ({'1,' * 20_000}1);")) == "file_too_wide"
    columns = ",".join(f"c{number} int" for number in range(20_000))
    assert refusal(write(tmp_path, f"{MYSQL}CREATE TABLE t ({columns});")) == "file_too_wide"
    monkeypatch.setattr(base, "MAX_CELLS", 50)
    assert refusal(write(tmp_path, f"{MYSQL}INSERT INTO t VALUES {'(1,2,3),' * 20}(1,2,3);")) == "file_too_many_cells"
    wide = f"{MYSQL}CREATE TABLE t (a int,b int,c int,d int,e int,f int,g int,h int,i int,j int);\n"
    assert refusal(write(tmp_path, wide + "INSERT INTO t(a) VALUES (1);\n" * 6)) == "file_too_many_cells"


def test_functions_cannot_make_endless_texts(tmp_path: Path) -> None:
    inner = "'" + "a" * 100 + "'"
    for _ in range(6):
        inner = f"replace({inner},'a','{'a' * 100}')"
    assert only(tmp_path, f"{SQLITE}INSERT INTO t VALUES (1,{inner});")[1] == [1, None]


def test_deep_nesting_is_no_value(tmp_path: Path) -> None:
    text = f"{MYSQL}INSERT INTO t VALUES (1,{'(' * 30}2{')' * 30},{'- ' * 5000}1);"
    assert only(tmp_path, text)[1] == [1, 2, None]


# Telling what a file is


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{MYSQL}INSERT INTO `t` VALUES (1);", "mysql"),
        ("INSERT INTO t VALUES (1,'it\\'s here');", "mysql"),
        ("/*\n Navicat Premium Data Transfer\n Source Server Type    : PostgreSQL\n*/", "postgres"),
        ("/*\n Navicat Premium Data Transfer\n Source Server Type    : SQL Server\n*/", "tsql"),
        ("INSERT INTO [dbo].[t] VALUES (N'x');", "tsql"),
        ("BEGIN TRANSACTION;\nCREATE TABLE IF NOT EXISTS `t` (`a` INTEGER PRIMARY KEY AUTOINCREMENT);", "sqlite"),
        ("INSERT INTO t VALUES (1,'C:\\');", "sqlite"),
    ],
)
def test_the_dialect_is_found_from_the_content(text: str, expected: str) -> None:
    assert dialect_name(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "岗位名称,岗位职责\n数据库管理员,会写 CREATE TABLE 和 INSERT INTO 语句\n",
        "-- a list\nname,skill\nAnn,CREATE TABLE\nJoe,INSERT INTO x\n",
        "SELECT,CREATE\n1,2\n3,4\n",
    ],
)
def test_a_text_that_mentions_sql_is_no_dump(text: str, tmp_path: Path) -> None:
    path = tmp_path / "jobs.sql"
    path.write_text(text, encoding="utf-8")
    assert isinstance(readers.reader_for(path), CsvReader)


def test_large_dumps_are_cut_into_pieces_for_the_second_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql_again, "PIECE", 40)
    values = ",\n".join(f"({number},'a),\n(b;\n{number}','/* c')" for number in range(300))
    text = f"{MYSQL}INSERT INTO t (x,y,z) VALUES\n{values};\n" + "INSERT INTO t (x,y,z) VALUES (1,'d',';\n');\n" * 100
    assert len(only(tmp_path, text)) == 401


def test_a_damaged_statement_costs_the_second_way_no_other(tmp_path: Path) -> None:
    text = (
        MYSQL
        + "INSERT INTO t VALUES (1,'a');\n" * 5
        + "INSERT INTO t VALUES (2,'O'Brien');\n"
        + "INSERT INTO t VALUES (3,'b');\n" * 5
    )
    assert len(only(tmp_path, text)) == 11
