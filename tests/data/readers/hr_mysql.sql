-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
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
