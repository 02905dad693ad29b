//! Closed and open lists of words (DOMAIN.md 3.4).

use serde::{Deserialize, Serialize};

use crate::base::text::{fold, nearest};
use crate::base::{Finding, Findings, Located};
use crate::records::{self, Entry};

/// A word of a vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The name in code and addresses.
    pub key: &'static str,
    /// The name that people read and write.
    pub name: &'static str,
    /// Other ways to write it.
    pub aliases: &'static [&'static str],
}

/// A list of words.
#[derive(Debug, Clone, Copy)]
pub struct Vocabulary {
    /// Its name in `records::FieldKind::Choice`.
    pub name: &'static str,
    /// Whether a writer may add words of the own.
    pub open: bool,
    /// Its words.
    pub terms: &'static [Term],
}

/// A value of a field with a vocabulary: one of its words, or the writer's own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Word {
    /// The key of the term; for a word of the writer's own, the word.
    pub key: String,
    /// What people read.
    pub name: String,
}

impl From<&Term> for Word {
    fn from(term: &Term) -> Self {
        Self { key: term.key.to_owned(), name: term.name.to_owned() }
    }
}

const fn term(key: &'static str, name: &'static str, aliases: &'static [&'static str]) -> Term {
    Term { key, name, aliases }
}

const fn closed(name: &'static str, terms: &'static [Term]) -> Vocabulary {
    Vocabulary { name, open: false, terms }
}

const fn open(name: &'static str, terms: &'static [Term]) -> Vocabulary {
    Vocabulary { name, open: true, terms }
}

/// 五种能力, of organ cadres (directive S48, S49).
pub const ABILITIES: &[Term] = &[
    term("research", "调查研究", &[]),
    term("thinking", "思考谋划", &[]),
    term("writing", "公文撰写", &["公文写作"]),
    term("coordination", "组织协调", &[]),
    term("execution", "指导落实", &[]),
];

/// 六会, of the grass roots (directive S50, S51).
pub const SKILLS: &[Term] = &[
    term("supervise", "会监管", &["监管"]),
    term("handle-cases", "会办案", &["办案"]),
    term("serve", "会服务", &["服务"]),
    term("protect-rights", "会维权", &["维权"]),
    term("coordinate", "会协调", &["协调"]),
    term("computer", "会电脑", &["电脑"]),
];

const ALL_SKILLS: [Term; 11] = [
    ABILITIES[0],
    ABILITIES[1],
    ABILITIES[2],
    ABILITIES[3],
    ABILITIES[4],
    SKILLS[0],
    SKILLS[1],
    SKILLS[2],
    SKILLS[3],
    SKILLS[4],
    SKILLS[5],
];

/// 业务领域.
pub const DOMAINS: &[Term] = &[
    term("registration", "登记注册", &["注册登记"]),
    term("credit", "信用监管", &[]),
    term("grid", "网格化监管", &["网格监管"]),
    term("enforcement", "执法办案", &[]),
    term("consumer", "消费维权", &["消费者权益保护"]),
    term("mediation", "调解技巧", &[]),
    term("advertising", "广告监管", &[]),
    term("contract", "合同监管", &[]),
    term("trademark", "商标监管", &[]),
    term("competition", "公平竞争", &[]),
    term("food", "食品流通", &["食品安全"]),
    term("quality", "产品质量与计量", &["产品质量", "计量"]),
    term("special-equipment", "特种设备", &[]),
    term("price", "价格监管", &[]),
    term("online", "网络交易", &["网络监管"]),
    term("writing", "公文写作", &[]),
    term("research", "调查研究", &[]),
    term("coordination", "组织协调", &[]),
    term("it", "信息化技能", &["信息化"]),
    term("other", "其他", &[]),
];

/// Other ways to say that a text must not leave the machine.
const WITHHELD: &[&str] = &[
    "不公开",
    "内部",
    "内部使用",
    "内部资料",
    "仅内部",
    "仅限内部",
    "暂不发布",
    "暂不公开",
    "先不发布",
    "先不公开",
    "暂缓发布",
    "仅本单位",
    "仅限本单位",
    "本单位",
    "单位内部",
    "不对外",
    "不对外公开",
    "不外传",
    "保密",
    "涉密",
    "不宜公开",
    "不予公开",
    "不上网",
];

/// All vocabularies.
pub const VOCABULARIES: &[Vocabulary] = &[
    open("domain", DOMAINS),
    closed("skill", &ALL_SKILLS),
    closed(
        "content_kind",
        &[
            term("trick", "小窍门", &["窍门"]),
            term("learning", "小体会", &["体会"]),
            term("result", "小成果", &["成果"]),
            term("puzzle", "小困惑", &["困惑"]),
        ],
    ),
    open(
        "form",
        &[
            term("case", "案例讲解", &["案例", "案例教学"]),
            term("lecture", "讲授", &["讲课", "培训讲课"]),
            term("field", "现场教学", &["现场"]),
            term("discussion", "讨论", &["交心讨论", "研讨"]),
            term("role-play", "情景模拟", &["角色扮演"]),
            term("hands-on", "上机实操", &["上机", "实操"]),
        ],
    ),
    open(
        "occasion",
        &[
            term("friday-study", "周五学习日", &["学习日"]),
            term("work-meeting", "工作会议", &[]),
            term("branch-meeting", "三会一课", &["支部活动"]),
            term("special", "专题", &["专题学习"]),
            term("grid-site", "网格现场", &[]),
        ],
    ),
    closed(
        "declaration",
        &[
            term("regular", "常规", &["常规式申领", "常规申报"]),
            term("adhoc", "机动", &["机动式申报", "机动申报"]),
            term("menu", "菜单", &["菜单式选学", "选学"]),
        ],
    ),
    closed("application_kind", &[term("regular", "常规", &["常规式申领"]), term("adhoc", "机动", &["机动式申报"])]),
    closed("origin", &[term("new-policy", "上级新政", &["上级新政策"]), term("practice", "履职实践", &[])]),
    closed(
        "decision",
        &[
            term("accepted", "采纳", &["同意", "通过", "采用", "同意采纳", "已采纳"]),
            term("adjusted", "调整", &["调整采纳", "调整后采纳", "修改后采纳", "修改"]),
            term("declined", "未采纳", &["不采纳", "不同意", "不通过", "未通过", "不采用", "未采用"]),
            term("pending", "待研究", &["待定", "暂缓", "研究中", "待议"]),
        ],
    ),
    open(
        "menu_reason",
        &[
            term("post-need", "岗位需求", &[]),
            term("new-policy", "上级新政", &[]),
            term("grid", "网格监管", &["网格化监管"]),
        ],
    ),
    closed("plan_kind", &[term("basic", "基础", &["基础课", "常规", "菜单"]), term("adhoc", "机动", &["机动课"])]),
    closed("training", &[term("assigned", "指定", &["指定培训"]), term("chosen", "自选", &["自主选学"])]),
    closed(
        "status",
        &[
            term("planned", "计划中", &["未完成", "待完成", "计划"]),
            term("held", "已完成", &["完成", "已授课"]),
            term("postponed", "延期", &["推迟"]),
            term("cancelled", "取消", &["已取消"]),
        ],
    ),
    closed(
        "lesson_status",
        &[
            term(
                "draft",
                "草稿",
                &["待审", "待审核", "审核中", "未完成", "未定稿", "初稿", "修改中", "撰写中", "编写中", "待定"],
            ),
            term(
                "submitted",
                "已提交",
                &["提交", "已审核", "审核通过", "定稿", "已定稿", "完成", "已完成", "发布", "已发布"],
            ),
            term("taught", "已授课", &["授课"]),
            term("archived", "归档", &["已归档"]),
        ],
    ),
    closed(
        "visibility",
        &[
            term("published", "发布", &["公开", "对外公开", "全局", "全局公开", "全体", "全部", "所有人", "可以公开"]),
            term("withheld", "不发布", WITHHELD),
        ],
    ),
    closed(
        "unit_kind",
        &[
            term("branch", "分局", &["所", "基层分局"]),
            term("party-branch", "机关支部", &["支部"]),
            term("other", "其他", &[]),
        ],
    ),
    open(
        "role",
        &[
            term("head", "单位负责人", &["负责人", "一把手"]),
            term("clerk", "内勤", &[]),
            term("cadre", "干部", &[]),
            term("hr", "人教科", &["人教部门"]),
        ],
    ),
    closed(
        "rating",
        &[
            term("very", "很满意", &["非常满意"]),
            term("satisfied", "满意", &["比较满意"]),
            term("fair", "基本满意", &["一般"]),
            term("dissatisfied", "不满意", &["不太满意"]),
        ],
    ),
    closed("language", &[term("zh", "zh", &["zh-Hans", "中文"]), term("en", "en", &["英文"])]),
];

/// The list of a name; an unknown name has no words.
pub fn vocabulary(name: &str) -> Vocabulary {
    VOCABULARIES.iter().find(|vocabulary| vocabulary.name == name).copied().unwrap_or(open("", &[]))
}

impl Vocabulary {
    /// The word that was written; width, case, spaces and what stands in brackets
    /// behind it do not matter.
    pub fn find(&self, written: &str) -> Option<&'static Term> {
        if let Some(term) = self.terms.iter().find(|term| term.name == written) {
            return Some(term);
        }
        self.find_whole(written).or_else(|| self.find_whole(records::without_bracket(written)))
    }

    fn find_whole(&self, written: &str) -> Option<&'static Term> {
        let wanted = fold(written);
        let matches = |name: &str| fold(name) == wanted;
        self.terms
            .iter()
            .find(|term| matches(term.key) || matches(term.name) || term.aliases.iter().any(|alias| matches(alias)))
    }

    /// E116, with the nearest word.
    pub(super) fn refusal(&self, entry: &Entry, item: &Located<String>) -> Finding {
        let names = self.terms.iter().flat_map(|term| std::iter::once(term.name).chain(term.aliases.iter().copied()));
        let finding = Finding::new("E116", item.place.clone())
            .with("键", &entry.name.value)
            .with("值", &item.value)
            .with("列表", self.listed());
        match nearest(&item.value, names) {
            Some(near) => finding.with("近似", near),
            None => finding,
        }
    }

    /// The words, for a message.
    pub fn listed(&self) -> String {
        self.terms.iter().map(|term| term.name).collect::<Vec<_>>().join("、")
    }
}

/// Reads a field with one word; a word that a closed list does not have is E116.
pub fn choice(entry: Option<&Entry>, list: &str, findings: &mut Findings) -> Option<Word> {
    choices(entry, list, findings).into_iter().next()
}

/// Reads a field with several words.
pub fn choices(entry: Option<&Entry>, list: &str, findings: &mut Findings) -> Vec<Word> {
    let Some(entry) = entry else { return Vec::new() };
    let vocabulary = vocabulary(list);
    let mut words: Vec<Word> = Vec::new();
    for item in records::list(Some(entry), false) {
        let word = match vocabulary.find(&item.value) {
            Some(term) => Word::from(term),
            None if vocabulary.open => Word { key: item.value.clone(), name: item.value },
            None => {
                findings.push(vocabulary.refusal(entry, &item));
                continue;
            }
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}
