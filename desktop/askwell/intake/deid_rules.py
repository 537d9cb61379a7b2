# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (a pattern of words stays on one line)
"""The patterns of de-identification. TO ADD ONE: put it under the group that says what happens to it, and plant an
example and a look-alike that must survive in tests/unit/intake/test_deidentify.py.

NUMBERS: tokens that identify, cut wherever they stand. PHRASES: cut where the clause says more, else the clause goes.
CLAUSES: the clause goes. Look-aheads keep the business words ("女性用户", "残疾人就业项目", "糖尿病产品线").
"""

from __future__ import annotations

import re


def _all(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.I) for pattern in patterns)


_PEOPLE = (
    r"(?!的?(?:用户|客户|客群|人群|群体|消费者|消费|市场|会员|儿童|青少年|顾客|受众|读者|学员|家庭|员工|团队|目标|产品|健康|时尚|"
    r"向け|客|ユーザー|市場|社員|\s*(?:customers?|users?|audiences?|consumers?|shoppers?|clients?|market|segment|fashion|"
    r"apparel|wear|population|group)))"
)
_BUSINESS = (
    r"(?!(?:的)?(?:药|产品|领域|患者|病人|管理|项目|治疗|诊断|用药|市场|事业|专科|线|新药|器械|研究|筛查|疫苗|试剂|检测|防治|学术|"
    r"就业|服务|保险|科普|机构|医院|\s*(?:drugs?|products?|care|patients?|market|research|treatment|screening|portfolio|"
    r"devices?|therap|clinic|trial|insurance|benefit|polic|act\b|test|services?|awareness)))"
)
_MORE_PARTY = r"(?!教育|培训|活动|干部|管理|建设|发展|学习|组织|会议|工作)"
PEOPLES = (
    "汉|回|满|壮|苗|藏|蒙古|维吾尔|朝鲜|彝|土家|侗|瑶|白|哈萨克|傣|黎|布依|哈尼|畲|傈僳|仡佬|拉祜|水|佤|纳西|羌|"
    "锡伯|土|仫佬|柯尔克孜|达斡尔|景颇|撒拉|布朗|毛南|塔吉克|普米|阿昌|怒|鄂温克|京|基诺|德昂|保安|裕固|独龙"
)
_PROVINCES = (
    "北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州|"
    "云南|陕西|甘肃|青海|内蒙古|宁夏|新疆|西藏|台湾|香港|澳门|东北|温州|潮汕|客家"
)

NUMBERS = _all(
    # No \b and no \w on the left: Han letters count as word characters and stand right beside addresses.
    r"(?:邮箱|电子邮件|e-?mail|correo|メール)?(?:地址)?\s*[:：为是]?\s*[A-Za-z0-9_.+%-]+\s?@\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
    r"(?:身份证|证件)(?:号码?)?\s*[:：为是]?\s*[0-9Xx*]{6,}",
    r"(?<!\d)[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]",
    r"(?<!\d)[1-9]\d{16}[\dXx](?!\d)",
    r"(?:银行卡|卡号|账号|社保|公积金)(?:账?号码?)?\s*[:：为是]?\s*\d[\d -]{5,}\d",
    r"(?<!\d)\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}(?:[ -]?\d{1,3})?(?!\d)",
    r"(?<!\d)(?:4|5|62|9)\d{14,18}(?!\d)",
    r"(?:手机|电话|联系方式|联系电话|tel(?:ephone)?|phone|mobile|móvil|teléfono|携帯|電話)(?:号码?|番号|number)?\s*[:：为是]?\s*"
    r"\+?[\d(][\d ()-]{5,}\d",
    r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)",
    r"(?:call|text|ring|reach) me (?:on|at)\s*\+?[\d(][\d ()-]{5,}\d",
    r"(?<!\d)0\d{2,3}[- ]\d{7,8}(?!\d)",
    r"(?<!\d)0\d{4}[ -]\d{6}(?!\d)",
    r"(?<!\d)0\d{2,3} \d{3,4} \d{4}(?!\d)",
    r"(?<!\d)0\d{1,3}-\d{2,4}-\d{4}(?!\d)",
    r"\+\d{1,3}[ -]?(?:\(\d{1,4}\)[ -]?)?\d{1,4}(?:[ -]\d{2,4}){1,4}(?!\d)",
    r"\+\d{9,14}(?!\d)",
    r"(?<!\d)\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)",
    r"(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)",
    r"(?<![A-Za-z0-9])\d{8}-?[A-HJ-NP-TV-Z](?![A-Za-z0-9])",
    r"(?<![A-Za-z0-9])[XYZ]-?\d{7}-?[A-Z](?![A-Za-z0-9])",
    r"(?:护照|passport|pasaporte|パスポート)(?:号码?|\s*no\.?|\s*number)?\s*[:：#为是]?\s*[A-Z]{0,2}\d{6,9}",
    r"(?:微信|wechat|wx|qq)(?:号码?|群)?\s*[:：]\s*[\w-]{4,}",
    r"(?:https?://)?(?:[a-z]{2,3}\.)?linkedin\.com/\S+",
)

PHRASES = _all(
    r"[（(]\s*[男女]\s*[)）]",
    r"(?:一[位名个])?(?:今年|现年|年仅|已经)?\s*\d{2}\s*(?:[-–~～至到]\s*\d{2})?\s*周?岁(?:左右|以[上下])?"
    + _PEOPLE
    + "的?(?:男性?|女性?)?的?",
    r"[二三四五六]十[一二三四五六七八九]?(?:多)?岁" + _PEOPLE + "的?",
    r"(?:年龄|年纪|岁数)\s*[:：为是在]?\s*\d{2}(?:\s*[-–~～至到]\s*\d{2})?岁?(?:以[上下内])?(?:左右)?",
    r"(?<!\d)[5-9]0后" + _PEOPLE,
    r"[八九零]零后" + _PEOPLE,
    r"(?<!\w)\d{2}[- ]years?[- ]old(?!\s+(?:company|firm|brand|business|system|platform|code|house|product|team))",
    r"\baged?\s*:?\s*\d{2}\b(?!\s*[-–]\s*\d)",
    r"\bin (?:his|her|their|my) (?:early |mid |late |mid-)?(?:twenties|thirties|forties|fifties|[2-6]0s)\b",
    r"\d{2}\s*歳" + _PEOPLE + "の?",
    r"\b(?:tiene|con|de)\s+\d{2}\s+años(?:\s+de\s+edad)?(?!\s+de\s+(?:experiencia|trayectoria|carrera))(?=\W|$)",
    r"\b\d{2}\s+años\s+de\s+edad",
    r"(?:一[位名个])?(?:男性|女性)" + _PEOPLE + "(?:候选人|应聘者|面试者|求职者)?的?",
    r"(?:男|女)(?:候选人|应聘者|面试者|求职者|生(?=[，,。]|$))",
    r"(?:已婚|未婚|离异|丧偶|已育|未育)(?:已育|未育)?(?:男性|女性|男士|女士)?的?",
    r"\b(?:a |an )?(?:married|unmarried|divorced|widowed)\b(?:\s+(?:man|woman|male|female))?",
    r"\b(?:a |an )?(?:male|female)\b" + _PEOPLE + r"(?:\s+(?:candidate|applicant))?",
)

CLAUSES = _all(
    # sex
    r"^[男女]$", r"性别\s*[:：为是]?\s*[男女]", r"^(?:性别|gender|sex|sexo|性別)\s*[:：]",
    r"^(?:male|female|man|woman|hombre|mujer|varón|男性|女性|男|女)$",
    r"\b(?:as|is|was|am) (?:a |an )?(?:\w+ )?(?:man|woman|male|female|mother|father|mum|mom|dad|lady|gentleman)\b",
    r"美女|帅哥|宝妈(?!人群|用户|客群|群|社群|市场)|全职(?:妈妈|主妇|太太)|单亲|working mother|single (?:mother|mom|father|dad|parent)",
    # birth
    r"出生(?!率|缺陷|证明系统)|生于|生年月日|生日(?!会|活动|礼|祝福|营销|福利|蛋糕|关怀|权益|特权|券)|属相|生肖|星座|^属[鼠牛虎兔龙蛇马羊猴鸡狗猪]$",
    r"\b(?:date of birth|d\.?o\.?b\.?|birth ?date|birthday|born (?:in|on)|year of birth)\b|\bnacid[oa]\b|fecha de nacimiento",
    r"(?:19[4-9]\d|200\d)\s*[年.-]\s*(?:\d{1,2}\s*[月.-]?)?\s*(?:\d{1,2}日?)?\s*(?:出?生(?!产|效|活|成|态|意|鲜|命|物|源))(?:人)?",
    r"^(?:年龄|age|edad|年齢)\s*[:：为是]?\s*\d{2}",
    # marriage and family
    r"(?:已婚|未婚|离异|丧偶|再婚|离婚|订婚|已育|未育|备孕|怀孕|孕期|哺乳期|二胎|三胎|婚育|结婚|新婚)(?!照|季|用品|产品|市场|宴|礼|用户|人群)",
    r"婚姻\s*(?:状况|情况|[:：])|^单身$|目前单身|是单身|单身[，,。]|生育(?!保险|津贴|政策|力|产品|中心|健康|医院|待遇)",
    r"预产期|待产|产后|孕\d|育有|[一两二三1-3]子[一两二三1-3]女|[一两二三1-3](?:儿|女)(?:$|[，,。\d])|儿女双全|独生子女",
    r"产假(?!管理|政策|制度|审批|规定)|(?:她|他|其|我|的)(?:丈夫|妻子|老公|老婆|爱人|配偶)|^(?:丈夫|妻子|老公|老婆|爱人|配偶)|配偶",
    r"(?:男|女)朋友|(?:有|和)(?:对象|恋人)",
    r"(?:有|育有|生有|带|照顾|照看|接送|想要|没有|无|[一两二三12３]个?|[\u4e00-\u9fff]{0,2}家里).{0,4}(?:孩子|小孩|子女|儿子|女儿|宝宝|娃)"
    + _PEOPLE + "(?!服装|用品|玩具|教育|培训|的(?:家庭|用户))",
    r"(?:孩子|小孩|儿子|女儿|宝宝)(?:今年|在上|上[小初高大幼]|刚|读|才|还小|\d|太小|两|三|需要|生病)|子女(?:情况|状况|姓名|数|[:：])|父母(?:身体|年迈|生病|需要)",
    r"\b(?:marital status|spouse|husband|wife|fianc[ée]e?|boyfriend|girlfriend|newlywed|pregnan\w+|maternity leave|"
    r"paternity leave|breastfeed\w*)\b(?!\s+(?:polic|benefit|wear|program))",
    r"\b(?:(?:he|she|they|i|is|was|am|are|got|currently|recently|being) (?:\w+ )?(?:married|unmarried|divorced|widowed|single|engaged to))\b"
    r"|^(?:married|unmarried|divorced|widowed|single)\b(?!\s+(?:point|source|page|customer|market|team|sign))",
    r"\b(?:has|have|had|with|expecting|raising|raise|(?:mother|father|parent)s? (?:of|to)|no|two|three|four|one|young|small|\d)\b"
    r"\s+(?:\w+\s+){0,3}(?:kids?|child|children|sons?|daughters?|bab(?:y|ies)|toddlers?)\b(?!['’]s|\s+(?:products?|books?|wear|market|users?))",
    r"既婚|未婚|独身(?!寮)|離婚|妊娠|産休|育休(?!制度)|(?:妻|夫|主人|配偶者)(?:が|は|と|の)|(?:子供|子ども|お子さん)(?:が|は|を|も|[1-9一二三])",
    r"\b(?:casad[oa]|solter[oa]|divorciad[oa]|viud[oa]|embarazad[ao]|embarazo|estado civil|(?:su|mi) (?:marido|mujer|esposa|esposo|pareja))\b",
    r"\b(?:tiene|con|sin|dos|tres|un|una|\d) (?:\w+ )?(?:hijos?|hijas?|niñ[oa]s?|bebé)\b",
    # ethnicity and nationality
    rf"(?:^|[^\u4e00-\u9fff]|[是为系一])(?:{PEOPLES})族(?!自治|文化|旅游|风情|服饰|市|谱|语)",
    r"少数民族(?!地区|文化|事务|服饰|项目)|^民族\s*[:：]?\s*\S{0,6}$|民族\s*[:：为是]",
    r"\b(?:ethnicit\w+|ethnic (?:minority|origin|group)|race\s*:|(?:is|was|am|are) (?:a |an )?(?:hispanic|latin[oa]|"
    r"african[- ]american|caucasian|black|white|asian|han chinese)\b|nationality|citizenship|native of|national of|etnia|nacionalidad)",
    r"国籍|本籍|出身地|在日(?:韓国|朝鮮)|民族\s*(?:は|：)",
    # religion
    r"(?:信奉|信仰|皈依|信)\s*(?:佛|基督|天主|伊斯兰|道教|回教|教)|佛教徒|基督徒|基督教徒|穆斯林(?!市场|用户|游客|消费)|天主教徒|宗教(?:信仰)?\s*(?:[:：]|为|是)|宗教信仰|做礼拜|^(?:佛教|基督教|伊斯兰教|天主教|道教)$",
    r"\b(?:is|was|am|are|as|devout|practi[sc]ing|a|an)\s+(?:\w+\s)?(?:christian|muslim|jewish|jew|hindu|buddhist|catholic|mormon|sikh|atheist|protestant)\b"
    r"(?!\s+(?:customers?|market|organi[sz]ation|school|charity))|\breligio\w+\b|\bgoes to church\b|\battends? (?:church|mosque)\b",
    r"宗教|信仰|クリスチャン|仏教徒|キリスト教徒|創価|\breligi[oó]\w*\b|\b(?:católic[oa]|musulm[aá]n\w*|evangélic[oa])\b",
    # health
    r"(?:身体|健康)(?:状况|情况)?\s*(?:[:：]|为|良好|健康(?!管理|项目|产品|数据|险)|不好|不佳|欠佳|一般|较差|很好)|健康状况",
    r"(?:患有?|得过|确诊|查出|身患|罹患|曾有|本人有|有过|有)[\u4e00-\u9fff]{0,6}(?:病|症|癌|炎|乙肝|糖尿病|高血压|抑郁|哮喘|残疾|障碍|突出|结石|过敏|骨折|肿瘤|结节)" + _BUSINESS,
    r"^(?:有|无)?(?:乙肝|抑郁症?|残疾|残障|癌症|糖尿病|高血压|心脏病|哮喘|肝炎|艾滋病?|慢性病|传染病|病史|腰椎间盘突出|轻度残疾)(?:史|携带者?)?$",
    r"(?:乙肝|HIV|艾滋)(?:病毒)?(?:携带|阳性)|病史|(?:肢体|听力|视力|智力|轻度|重度)残[疾障]|残疾证|做过.{0,4}手术|住过?院|长期服药|孕检",
    r"\b(?:has|have|had|with|suffer\w*|diagnosed|history of|due to|after|because of|recover\w*|living with|manag\w+ (?:his|her|their))\b[^.;,]{0,30}"
    r"\b(?:disabilit\w+|diabetes|cancer|depression|hiv|chronic (?:illness|disease|pain|condition)|illness|surgery|epilepsy|asthma|anxiety|"
    r"hearing loss|heart (?:disease|condition)|bipolar|adhd|autism)\b" + _BUSINESS,
    r"\b(?:is|was|am|are) (?:\w+ )?(?:disabled|diabetic|wheelchair|deaf|blind)\b|\b(?:medical (?:history|condition)|health (?:status|condition)|sick leave|uses a wheelchair)\b",
    r"持病|病歴|既往症|身体障害|障害者手帳|うつ病" + _BUSINESS + r"|通院|健康状態",
    r"\b(?:discapacidad|minusval\w+|enfermedad(?:es)? (?:crónica|grave)|(?:padece|sufre|tiene|tuvo) (?:de )?(?:\w+ )?(?:diabetes|cáncer|depresi\w+|enfermedad|asma)|baja médica|estado de salud)\b"
    + _BUSINESS,
    # politics
    r"(?:中共|共产)(?:预备)?党员|(?:是|为|系|身为|一名|名)(?:预备)?党员" + _MORE_PARTY + r"|^(?:预备)?党员$|^(?:共青)?团员$|共青团员" + _MORE_PARTY
    + r"|^群众$|政治面貌|民主党派|入党|^(?:无党派|致公党|九三学社|民盟|民建)\S{0,4}$",
    r"\b(?:republican|democrat(?!ic)|communist party|party member|union member|labou?r party|political (?:view|affiliation)\w*|votes? for)\b|afiliaci[oó]n (?:política|sindical)|\bsindicalista\b",
    r"支持政党|労働組合員|党員|政治的信条",
    # place of living and origin
    r"(?:^|[^\u4e00-\u9fff]|现|居|租)住[\u4e00-\u9fff]{2,}(?:省|市|区|县|镇|乡|村|路|街|小区)|[\u4e00-\u9fff]{2,}(?:市|区|县|镇|乡)[\u4e00-\u9fff]{1,8}村",
    r"家住|(?:现|目前)?住在|现住|住址|居住(?:地|在|于)|户籍(?!管理|系统|制度|业务)|籍贯|老家|祖籍|户口(?!簿管理)|^(?:本|外)地人$|是(?:本|外)地人|家庭(?:住址|地址|情况|成员)",
    rf"(?:^|[是为系，, ])(?:{_PROVINCES})(?:省|市)?[\u4e00-\u9fff]{{0,4}}人(?:$|[，,。士])",
    r"[\u4e00-\u9fff]{1,8}(?:路|街|大道|巷|弄|胡同)\s*\d+\s*(?:号|弄|栋)|\d+\s*(?:栋|幢|号楼|单元)\s*\d*|(?:小区|花园|公寓|家园)\d+",
    r"\b\d{1,5}\s+(?:[A-Z]\w+\s){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court)\b",
    r"\b(?:lives?|living|resid\w+) (?:in|at|on|near) (?!the (?:market|moment))|\bhome address\b|\baddress\s*:|\bhometown\b",
    r"住所|在住|現住所|〒\d{3}|\bvive en\b|\bdomicili\w+\b|\bdirección\s*:|\b(?:Calle|Avda\.?|Avenida|Plaza)\s+[A-ZÁÉÍÓÚ]\w+",
    # photo and emergency contact
    r"(?:附|见|本人|个人|近期|免冠|证件|一寸|二寸)(?:照片?|相片)|证件照|照片\s*(?:[:：]|见|附)|\S+\.(?:jpe?g|png|bmp|gif|heic)|\b(?:photo attached|headshot|see photo|photo\s*:)|顔写真|foto adjunta",
    r"紧急联系人|emergency contact|緊急連絡先|contacto de emergencia",
)  # fmt: skip
