//! H129 网址撞在一起
//!
//! What: two lessons of one unit and year whose names become the same address; the second gets a
//! number.
//!
//! Why: the address would change when the first one goes away.

use super::Rule;
use crate::base::Severity;

/// 网址撞在一起.
pub const RULE: Rule = Rule {
    code: "H129",
    severity: Severity::Hint,
    title: "网址撞在一起",
    message: "{文件A} 与 {文件B} 的网址名都是“{id}”，后一份的网址改成了 {网址}。",
    remedy: "要固定网址，请在信息栏写一行“网址: …”。",
    check: None,
    manual: include_str!("../../tests/rules/H129.md"),
};
