//! The columns and keys that the library knows (DOMAIN.md 3.3): English key,
//! Chinese key, further accepted names, and what may stand there. `schema`, the
//! page 填写说明, the suggestions of W107 and the blank tables come from here.

use std::collections::HashMap;
use std::sync::OnceLock;

use FieldKind::{Boolean, Choice, Choices, Date, Integer, List, Month, Nested, Number, People, Text, Texts};

use crate::base::text::fold;

/// What may stand in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of text.
    Text,
    /// Several lines or a list of texts.
    Texts,
    /// A list, or a text split on 、，；.
    List,
    /// One of a vocabulary, by its name in `model::vocabulary`.
    Choice(&'static str),
    /// Several of a vocabulary.
    Choices(&'static str),
    /// A day.
    Date,
    /// A month of a year, or of the year at hand.
    Month,
    /// A whole number.
    Integer,
    /// A number, with decimals.
    Number,
    /// 是 or 否.
    Boolean,
    /// One or more people.
    People,
    /// Keys and values of its own.
    Nested,
}

/// One key or column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The name in code and in English files.
    pub key: &'static str,
    /// The name in Chinese files.
    pub name: &'static str,
    /// Other names that are understood, Hugo's and Zola's among them.
    pub aliases: &'static [&'static str],
    /// What may stand there.
    pub kind: FieldKind,
    /// Whether a row makes no sense without it.
    pub required: bool,
    /// What to write, in Chinese, with an example.
    pub note: &'static str,
}

/// Fields by their folded names.
type Names = HashMap<String, &'static Field>;

/// A kind of record and its fields.
#[derive(Debug, Clone, Copy)]
pub struct Entity {
    /// The name in `schema`.
    pub key: &'static str,
    /// The name on pages and in messages.
    pub name: &'static str,
    /// Where it is written.
    pub file: &'static str,
    /// Its fields, in the order in which templates print them.
    pub fields: &'static [Field],
}

impl Entity {
    /// The field that a key or column means; width, case and spaces do not matter.
    pub fn find(&self, written: &str) -> Option<&'static Field> {
        // Every line of every front matter is asked about, so that names are folded once.
        static KNOWN: OnceLock<HashMap<&str, Names>> = OnceLock::new();
        let known = KNOWN.get_or_init(|| ALL.iter().map(|entity| (entity.key, entity.by_name())).collect());
        let wanted = fold(written);
        let found = known.get(self.key).map(|names| names.get(&wanted).copied());
        found.unwrap_or_else(|| self.by_name().get(&wanted).copied())
    }

    /// The fields by all their names; the first field keeps a name that several have.
    fn by_name(&self) -> Names {
        let mut names = Names::new();
        for field in self.fields {
            for name in [field.key, field.name].into_iter().chain(field.aliases.iter().copied()) {
                names.entry(fold(name)).or_insert(field);
            }
        }
        names
    }

    /// Every name that is understood, for suggestions.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().flat_map(|field| [field.name, field.key].into_iter().chain(field.aliases.iter().copied()))
    }
}

pub(super) const fn field(
    key: &'static str,
    name: &'static str,
    aliases: &'static [&'static str],
    kind: FieldKind,
    note: &'static str,
) -> Field {
    Field { key, name, aliases, kind, required: false, note }
}

pub(super) const fn required(field: Field) -> Field {
    Field { required: true, ..field }
}

/// Other names of 草稿, slips of the pen among them: who writes one of them wants the
/// text held back.
const DRAFT: &[&str] = &["草搞", "草槁", "草稿状态", "是否草稿", "是草稿", "初稿", "未定稿", "isdraft"];

/// Other names of 公开范围. Those that begin with 不 or 暂不 turn 是 and 否 round.
const VISIBILITY: &[&str] = &[
    "公开",
    "是否公开",
    "发布",
    "是否发布",
    "公开程度",
    "公开方式",
    "不发布",
    "不公开",
    "暂不发布",
    "暂不公开",
    "是否不发布",
    "是否不公开",
];

/// 教案, the front matter of a lesson.
pub const LESSON: Entity = Entity {
    key: "lesson",
    name: "教案",
    file: "units/单位/年份/lessons/*.md",
    fields: &[
        field("title", "标题", &["题目", "课题", "课程名称", "课程名"], Text, "30 字以内，例如：夜间巡查小窍门"),
        field("id", "编号", &["教案编号"], Text, "可不填，不填时自动编号"),
        field(
            "instructor",
            "小教员",
            &["教员", "授课人", "主讲人", "主讲", "作者", "authors", "author"],
            People,
            "姓名；几个人用顿号隔开；重名写“姓名（单位）”",
        ),
        field("summary", "摘要", &["简介", "一句话", "内容简介", "description"], Text, "120 字以内，列表里显示"),
        field(
            "domain",
            "业务领域",
            &["领域", "类别", "categories", "category"],
            Choice("domain"),
            "例如：消费维权；也可以写新的领域",
        ),
        field(
            "skill",
            "能力目标",
            &["能力", "skills", "ability", "abilities"],
            Choices("skill"),
            "五种能力或“六会”，例如：会办案、会服务",
        ),
        field("content_kind", "内容类型", &[], Choices("content_kind"), "小窍门、小体会、小成果、小困惑"),
        field("form", "教学形式", &["形式"], Choice("form"), "案例讲解、讲授、现场教学、讨论、情景模拟、上机实操"),
        field("venue", "地点", &["授课地点", "场地"], Text, "例如：会议室、一线网格"),
        field("audience", "授课对象", &["对象"], Text, "不填即“全体干部”"),
        field("minutes", "时长", &["分钟", "课时", "duration"], Integer, "分钟数，例如：30 或 1课时（按 45 分钟）"),
        field("objectives", "教学目标", &["目标"], Texts, "一条一行，行首加“- ”"),
        field("key_points", "重点", &["教学重点"], Texts, "一条一行，行首加“- ”"),
        field("difficult_points", "难点", &["教学难点"], Texts, "一条一行，行首加“- ”"),
        field("questions", "讨论题", &["思考题", "互动问题", "问题"], Texts, "一题一行，行首加“- ”"),
        field("basis", "依据", &["法规依据", "法律依据", "政策依据"], Texts, "《名称》（版本）第×条，一条一行"),
        field("tags", "标签", &["关键词", "keywords", "tag"], List, "用顿号隔开，例如：热点、难点"),
        field("attachments", "附件", &["attachment", "files"], List, "文件名；与教案同名的文件会自动附上"),
        field("date", "授课日期", &["日期", "授课时间"], Date, "例如：2025-03-14"),
        field("source", "申报方式", &[], Choice("declaration"), "常规、机动、菜单"),
        field("occasion", "场合", &[], Choice("occasion"), "周五学习日、工作会议、三会一课、专题、网格现场"),
        field("expected", "应到", &["应到人数"], Integer, "人数"),
        field("attended", "实到", &["实到人数"], Integer, "人数"),
        field("valid", "有效票", &[], Integer, "票数"),
        field("very", "很满意", &[], Integer, "票数"),
        field("satisfied", "满意", &[], Integer, "票数"),
        field("fair", "基本满意", &[], Integer, "票数"),
        field("dissatisfied", "不满意", &[], Integer, "票数"),
        field("status", "状态", &["教案状态"], Choice("lesson_status"), "草稿、已提交、已授课、归档；一般不用填"),
        field("draft", "草稿", DRAFT, Boolean, "写“是”就先不发布"),
        field("visibility", "公开范围", VISIBILITY, Choice("visibility"), "发布、不发布"),
        field("reviewed", "复核日期", &[], Date, "依据变化后复核过的日期"),
        field("updated", "更新日期", &["lastmod", "修改日期", "最后修改"], Date, "例如：2025-03-14"),
        field("ref", "参考教案", &["延伸阅读", "refs"], List, "教案的编号或标题"),
        field("adviser", "指导", &["指导科室", "指导人"], Text, "指导科室或指导人"),
        field("unit", "单位", &["units"], Text, "一般不用填，由文件夹决定"),
        field("year", "年度", &["年份", "years"], Integer, "一般不用填，由文件夹决定"),
        field("slug", "网址", &["网址名"], Text, "网页文件名，只用小写字母、数字和短横线"),
        field("aliases", "旧网址", &["alias"], List, "以前的网址，打开后自动转到本页"),
        field("weight", "排序", &["序号", "order"], Integer, "数字小的排在前面"),
        field("pinyin", "拼音", &[], Text, "标题里多音字的读音，例如：hang zheng"),
    ],
};

/// 人员, a row of the roster.
pub const PERSON: Entity = Entity {
    key: "person",
    name: "人员名册",
    file: "people.csv",
    fields: &[
        field("id", "编号", &["人员编号", "工号"], Text, "每人一个；调动的同志用同一编号写两行"),
        required(field("name", "姓名", &[], Text, "必填")),
        required(field("unit", "单位", &["所在单位", "部门"], Text, "必填，与单位文件夹或单位名称一致")),
        field("birth", "出生年月", &["出生日期", "生日"], Month, "例如：1985-06；只用来算年龄，不会发布"),
        field("post", "岗位", &["职务"], Text, "例如：网格监管员"),
        field("post_category", "岗位类别", &["类别"], Text, "例如：监管执法类"),
        field("role", "角色", &[], Choice("role"), "单位负责人、内勤、干部、人教科"),
        field("exempt", "免申报", &["免申报原因"], Text, "原因，例如：长期病假"),
        field("from", "起始", &["起始年月", "到岗"], Month, "调入的月份，例如：2024-01"),
        field("to", "截止", &["截止年月", "离岗"], Month, "调出的月份，例如：2023-12"),
        field("display", "显示名", &["网名"], Text, "页面上显示的名字，不填用姓名"),
        field("former_unit", "曾用单位", &[], Text, "调动前的单位（没有编号时用）"),
        field("note", "备注", &[], Text, ""),
        field("order", "序号", &[], Integer, ""),
    ],
};

/// 单位, `unit.yaml`.
pub const UNIT: Entity = Entity {
    key: "unit",
    name: "单位信息",
    file: "units/单位/unit.yaml",
    fields: &[
        field("name", "名称", &["单位名称"], Text, "页面上显示的名称，不填用文件夹名"),
        field("kind", "类别", &["性质"], Choice("unit_kind"), "分局、机关支部、其他"),
        field("short", "简称", &[], Text, "例如：城东"),
        field("leader", "负责人", &["一把手"], Text, "姓名"),
        field("clerk", "内勤", &[], Text, "姓名"),
        field("clerk_email", "内勤邮箱", &["邮箱"], Text, "收教案的邮箱"),
        field("pilot", "试点", &[], Boolean, "是或否"),
        field("start", "启动月份", &["启动", "启动时间"], Month, "例如：2023-07；从这个月开始统计"),
        field("order", "排序", &["序号"], Integer, "数字小的排在前面"),
        field("intro", "简介", &[], Text, "两三句话；也可以写在 README.md"),
        field("slug", "网址", &["网址名"], Text, "网页文件夹名，只用小写字母、数字和短横线"),
    ],
};

/// 教学计划, a row of the plan.
pub const PLAN: Entity = Entity {
    key: "plan",
    name: "教学计划",
    file: "units/单位/年份/plan.csv",
    fields: &[
        field("order", "序号", &[], Integer, ""),
        required(field(
            "month",
            "月份",
            &["计划月份", "月", "授课月份", "计划时间", "计划授课月份"],
            Month,
            "1 到 12，或 2025-03",
        )),
        required(field("topic", "课题", &["标题", "题目", "课程名称", "课题名称"], Text, "与教案标题一致最好")),
        field("instructor", "小教员", &["教员", "授课人", "主讲人"], People, "姓名；重名写“姓名（单位）”"),
        field("kind", "类型", &[], Choice("plan_kind"), "基础、机动；不填为基础"),
        field("application", "来源申报", &["申报"], Text, "对应的申报课题"),
        field("occasion", "场合", &[], Choice("occasion"), "周五学习日、工作会议、三会一课、专题、网格现场"),
        field("form", "形式", &["教学形式"], Choice("form"), "案例讲解、讲授、现场教学……"),
        field("venue", "地点", &["授课地点"], Text, "例如：会议室"),
        field("audience", "授课对象", &["对象"], Text, ""),
        field("training", "参训方式", &["培训方式"], Choice("training"), "指定、自选：指定培训还是自主选学"),
        field("lesson", "教案", &["教案编号"], Text, "教案的编号或文件名；课题和小教员相同时自动对上"),
        field(
            "held",
            "完成日期",
            &["授课日期", "日期", "完成时间", "授课时间", "实际授课日期", "实际完成日期", "上课日期"],
            Date,
            "例如：2025-03-14",
        ),
        field("status", "状态", &[], Choice("status"), "计划中、已完成、延期、取消；一般不用填"),
        field("expected", "应到", &["应到人数"], Integer, "人数"),
        field("attended", "实到", &["实到人数", "人数", "参加人数", "参训人数", "听课人数"], Integer, "人数"),
        field("note", "备注", &["说明"], Text, "延期、取消要写原因"),
        field("id", "课次编号", &["编号"], Text, "一般不用填"),
        field("draft_note", "起草说明", &[], Text, "draft plan 写给内勤的提示，不发布；看过可以删掉这一列"),
    ],
};

/// 选学菜单, a row of the annual menu (directive S23).
pub const MENU: Entity = Entity {
    key: "menu",
    name: "年度选学菜单",
    file: "units/单位/年份/menu.csv",
    fields: &[
        field("order", "序号", &[], Integer, ""),
        required(field("topic", "课题", &["标题", "题目", "课题名称"], Text, "必填")),
        field("domain", "业务领域", &["领域"], Choice("domain"), "例如：消费维权"),
        field("skill", "能力目标", &["能力"], Choices("skill"), "例如：会维权"),
        field("reason", "来源", &[], Choice("menu_reason"), "岗位需求、上级新政、网格监管"),
        field("instructor", "拟授课人", &["小教员"], People, "姓名"),
        field("note", "说明", &["备注"], Text, ""),
    ],
};

/// 选学, one choice or the total of a topic.
pub const CHOICE: Entity = Entity {
    key: "choice",
    name: "选学汇总",
    file: "units/单位/年份/choices.csv",
    fields: &[
        required(field("topic", "课题", &["标题", "题目", "课题名称"], Text, "必填，与菜单一致")),
        field("name", "姓名", &[], Text, "一人一行时填"),
        field("count", "人数", &["票数"], Integer, "按课题汇总时填"),
        field("rank", "排序", &["志愿"], Integer, "1 到 3"),
        field("other", "其他想学", &[], Text, "菜单以外想学的；几个用分号隔开，各算一票"),
    ],
};

/// 申报, a regular or an ad-hoc application (directive S27, S35).
pub const APPLICATION: Entity = Entity {
    key: "application",
    name: "申报汇总",
    file: "units/单位/年份/applications.csv",
    fields: &[
        field("kind", "类型", &[], Choice("application_kind"), "常规、机动；不填为常规"),
        required(field("applicant", "申报人", &["姓名"], People, "姓名")),
        required(field("topic", "课题", &["标题", "题目", "课题名称"], Text, "必填")),
        field("summary", "内容简介", &["简介"], Text, ""),
        field("reason", "申报理由", &["理由"], Text, ""),
        field("origin", "来源", &[], Choice("origin"), "机动课题必填：上级新政、履职实践"),
        field("month", "拟授课月份", &["月份"], Month, "1 到 12"),
        field("form", "形式", &["教学形式"], Choice("form"), ""),
        field("date", "申报日期", &["日期"], Date, "例如：2025-01-10"),
        field("decision", "研究结果", &["结果"], Choice("decision"), "采纳、调整、未采纳、待研究"),
        field("comment", "研究意见", &["意见"], Text, ""),
        field("decided", "研究日期", &[], Date, "例如：2025-01-20"),
        field("decided_by", "研究人", &["研究单位", "研究会议", "决定人"], Text, "由谁研究决定，例如：分局局务会"),
        field("plan", "对应计划", &[], Text, ""),
        field("unit", "单位", &[], Text, "一般不用填；从网页保存的申报表会带上"),
        field("year", "年度", &["年份"], Integer, "一般不用填；从网页保存的申报表会带上"),
        field("filled", "填写时间", &[], Text, "一般不用填；从网页保存的申报表会带上"),
    ],
};

/// 测评, the ballots of one session.
pub const EVALUATION: Entity = Entity {
    key: "evaluation",
    name: "满意度测评",
    file: "units/单位/年份/evaluations.csv",
    fields: &[
        required(field("held", "完成日期", &["授课日期", "日期", "完成时间", "授课时间"], Date, "例如：2025-03-14")),
        required(field("topic", "课题", &["标题", "题目", "课题名称"], Text, "与教学计划一致")),
        field("session", "课次编号", &[], Text, "可代替完成日期和课题"),
        field("valid", "有效票", &[], Integer, "票数，不填为四档合计"),
        required(field("very", "很满意", &[], Integer, "票数")),
        required(field("satisfied", "满意", &[], Integer, "票数")),
        required(field("fair", "基本满意", &[], Integer, "票数")),
        required(field("dissatisfied", "不满意", &[], Integer, "票数")),
        field("comment", "意见摘要", &[], Text, "不发布"),
    ],
};

/// 学员年度情况 (directive S77, S79).
pub const TRAINEE: Entity = Entity {
    key: "trainee",
    name: "学员情况",
    file: "units/单位/年份/trainees.csv",
    fields: &[
        field("order", "序号", &[], Integer, ""),
        required(field("name", "姓名", &[], Text, "必填")),
        field("expected", "应到", &["应到次数"], Integer, "次数"),
        field("attended", "实到", &["实到次数"], Integer, "次数"),
        field("taught", "授课次数", &[], Integer, "不填时按授课记录计算"),
        field("duty_score", "绩效得分", &["履职绩效", "绩效"], Number, "0 到 100，不发布"),
        field("conduct", "作风", &["岗位作风"], Boolean, "合格、不合格，不发布"),
        field("reason", "推荐理由", &["事迹"], Text, ""),
        field("note", "备注", &[], Text, ""),
    ],
};

/// 全员法制网上月考 (directive S75).
pub const EXAM: Entity = Entity {
    key: "exam",
    name: "月考成绩",
    file: "exams/年份.csv",
    fields: &[
        field("order", "序号", &[], Integer, ""),
        required(field("name", "姓名", &[], Text, "必填")),
        field("unit", "单位", &["所在单位"], Text, "重名时用来区分"),
        field("m1", "1月", &["一月"], Number, "0 到 100；空白为缺考，免考写“免”；不发布"),
        field("m2", "2月", &["二月"], Number, ""),
        field("m3", "3月", &["三月"], Number, ""),
        field("m4", "4月", &["四月"], Number, ""),
        field("m5", "5月", &["五月"], Number, ""),
        field("m6", "6月", &["六月"], Number, ""),
        field("m7", "7月", &["七月"], Number, ""),
        field("m8", "8月", &["八月"], Number, ""),
        field("m9", "9月", &["九月"], Number, ""),
        field("m10", "10月", &["十月"], Number, ""),
        field("m11", "11月", &["十一月"], Number, ""),
        field("m12", "12月", &["十二月"], Number, ""),
        field("note", "备注", &[], Text, ""),
    ],
};

/// One entry of an honour.
pub const AWARD: Entity = Entity {
    key: "award",
    name: "评选结果的一条",
    file: "awards/年份.yaml",
    fields: &[
        field("name", "姓名", &["教员", "小教员"], Text, "姓名"),
        field("unit", "单位", &[], Text, "单位名称，重名时必填"),
        field("reason", "理由", &["事迹", "评语", "推荐理由"], Text, ""),
        field("lesson", "教案", &["课件", "课题"], Text, "教案的编号或标题"),
        field("prize", "奖次", &["等次"], Text, "例如：一等奖"),
        field("start", "开始", &["开始日期"], Date, "公示第一天"),
        field("end", "结束", &["结束日期"], Date, "公示最后一天"),
    ],
};

/// 依据, a row of the register of laws.
pub const BASIS: Entity = Entity {
    key: "basis",
    name: "法规依据台账",
    file: "basis.csv",
    fields: &[
        required(field("name", "名称", &["法规名称", "文件名称"], Text, "不带书名号")),
        field("version", "版本", &[], Text, "例如：2021 修订"),
        field("in_force", "施行日期", &["生效日期"], Date, "例如：2021-07-15"),
        field("ends", "失效日期", &["废止日期"], Date, "例如：2026-04-15"),
        field("replaced_by", "替代为", &["新规"], Text, "新文件的名称"),
        field("note", "复核提示", &["备注"], Text, ""),
    ],
};

/// 文章: documents, notices, pages and yearly summaries.
pub const ARTICLE: Entity = Entity {
    key: "article",
    name: "制度文件、通知、页面",
    file: "docs/*.md、notices/*.md",
    fields: &[
        field("title", "标题", &["题目", "名称"], Text, "不填用文件名"),
        field("date", "日期", &["发布日期"], Date, "例如：2025-03-14"),
        field("updated", "更新日期", &["lastmod", "修改日期"], Date, ""),
        field("summary", "摘要", &["简介", "description"], Text, ""),
        field("kind", "类型", &[], Text, "单位文件夹里的文件写“文件”；通知可写类型，例如：岗位练兵、技能竞赛"),
        field("number", "文号", &[], Text, ""),
        field("tags", "标签", &["keywords"], List, ""),
        field("draft", "草稿", DRAFT, Boolean, "写“是”就先不发布"),
        field("visibility", "公开范围", VISIBILITY, Choice("visibility"), "发布、不发布"),
        field("slug", "网址", &["网址名"], Text, "只用小写字母、数字和短横线"),
        field("aliases", "旧网址", &["alias"], List, ""),
        field("weight", "排序", &["序号", "order"], Integer, "数字小的排在前面"),
        field("author", "作者", &["authors", "发布单位"], Text, ""),
        field("attachments", "附件", &[], List, "文件名"),
    ],
};

/// 评选结果, `awards/<year>.yaml`.
pub const AWARDS: Entity = Entity {
    key: "awards",
    name: "评选结果",
    file: "awards/年份.yaml",
    fields: &[
        field("instructors", "优秀教员", &["年度优秀教员"], Nested, "每人一条：姓名、单位、理由"),
        field("courseware", "优秀课件", &["年度优秀课件", "优秀课件(教案)"], Nested, "每件一条：教案、奖次"),
        field("pacesetters", "岗位履职标兵", &["标兵"], Nested, "每人一条：姓名、单位、事迹"),
        field("models", "模范教员", &[], Nested, "每人一条：姓名、单位"),
        field("publicity", "公示", &[], Nested, "开始、结束"),
        field("number", "文号", &[], Text, ""),
        field("note", "说明", &[], Text, ""),
    ],
};

/// 站点设置, `site.yaml`.
pub const SITE: Entity = Entity {
    key: "site",
    name: "站点设置",
    file: "site.yaml",
    fields: &[
        field("name", "站名", &["title", "网站名称"], Text, "默认：互动式岗位教学法教材库"),
        field("organization", "单位全称", &["organisation"], Text, "例如：某某市市场监督管理局"),
        field("lang", "语言", &["language"], Choice("language"), "zh 或 en"),
        field("theme", "主题", &[], Text, "themes 里的文件夹名，默认 default"),
        field("base_url", "网址", &["baseurl"], Text, "网站的完整网址，只有订阅和站点地图要用"),
        field("as_of", "统计日", &["统计日期"], Date, "不填用生成当天"),
        field("pass_line", "满意率线", &[], Integer, "默认 80"),
        field("satisfied_levels", "满意档", &[], List, "默认 [很满意, 满意]"),
        field("rate_scope", "教员满意率口径", &[], Text, "合计（默认）或 每次"),
        field("min_ballots", "公开最少票数", &[], Integer, "有效票少于这个数不公开满意率，默认 5"),
        field("response_line", "收回率提醒线", &[], Integer, "有效票不到实到人数的百分之几时提醒，默认 60"),
        field("age_line", "年龄线", &[], Integer, "默认 46"),
        field("age_inclusive", "年龄含本数", &[], Boolean, "默认 是"),
        field("age_day", "年龄基准日", &[], Text, "默认 01-01"),
        field(
            "deadline",
            "申报截止",
            &["申报截止日"],
            Text,
            "常规申报每年收到哪一天（月-日），例如 02-28；不填就不设期限",
        ),
        field("minutes", "建议时长", &[], List, "一课建议多少分钟，默认 [15, 45]"),
        field("sessions_per_month", "每月次数", &[], List, "默认 [1, 2]"),
        field("pacesetter_weights", "标兵权重", &[], List, "默认 [40, 30, 30]，合计 100"),
        field("pacesetter_floor", "标兵单项线", &[], Integer, "默认 80"),
        field("assessment_weights", "单位考核权重", &[], Nested, "默认 [30, 20, 20, 15, 15]"),
        field("quotas", "名额", &[], Nested, "例如：优秀教员: 6"),
        field("publicity_days", "公示工作日", &[], Integer, "默认 5"),
        field("publish_below", "公布未达线姓名", &[], Boolean, "默认 否"),
        field("publish_scores", "公布成绩", &[], Boolean, "默认 否"),
        field("attachment_limit", "附件上限MB", &["附件上限"], Integer, "默认 20"),
        field("picture_width", "图片宽度", &["图片最大宽度"], Integer, "默认 1600；更宽的图片自动缩小，写 0 就不缩小"),
        field("page_size", "每页条数", &[], Integer, "列表每页多少条，默认 24"),
        field("footer", "页脚", &[], Text, ""),
        field("contact", "联系邮箱", &["邮箱"], Text, "提意见用的邮箱"),
        field("sample_banner", "示例数据横幅", &[], Boolean, "默认 否"),
        field("leading_group", "领导小组", &[], Text, ""),
        field("intro", "简介", &["说明"], Text, "显示在首页"),
        field("publish_target", "发布位置", &["发布到"], Text, "publish 发布到哪个文件夹，例如 /srv/jiaocaiku"),
        field("publish_keep", "保留发布数", &[], Integer, "留着几次发布可以退回，默认 5"),
        field(
            "search",
            "检索服务",
            &["search_service", "search.backend"],
            Nested,
            "库太大时，检索页先问的检索程序的网址，例如 http://js.example.invalid/jiangtai；它不应答就用网站自带的检索。接口见 export search 写出的 说明.txt",
        ),
        field("publish_links", "发布用链接", &[], Boolean, "current 用符号链接，默认 是；服务器不认链接时写 否"),
    ],
};

/// Every kind of record, for `schema` and for the page 填写说明.
pub const ALL: &[Entity] =
    &[LESSON, UNIT, SITE, PERSON, PLAN, MENU, CHOICE, APPLICATION, EVALUATION, TRAINEE, EXAM, BASIS, AWARDS, ARTICLE];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn no_two_fields_of_a_record_share_a_name() {
        for entity in ALL {
            let mut seen = BTreeMap::new();
            for field in entity.fields {
                for name in [field.key, field.name].into_iter().chain(field.aliases.iter().copied()) {
                    let before = seen.insert(crate::base::text::fold(name), field.key);
                    assert!(before.is_none() || before == Some(field.key), "{}: {name}", entity.name);
                }
            }
        }
    }

    #[test]
    fn keys_are_found_by_any_name() {
        let key = |written: &str| LESSON.find(written).map(|field| field.key);
        assert_eq!(key("标题"), Some("title"));
        assert_eq!(key("ＴＩＴＬＥ"), Some("title"));
        assert_eq!(key("小 教 员"), Some("instructor"));
        assert_eq!(key("标提"), None);
    }
}
