//! Problems and their words: one rule, one file.
//!
//! A rule says what is wrong, why it matters, and how to write it right. Rules of
//! reading have only words: the rooms below left the finding. Rules of meaning look
//! at the library and the ledger themselves. What a rule says to people stands in
//! `tests/rules/<code>.md`, which is its manual page and its test case at once.

mod attachments;
mod awards;
mod ballots;
mod e101;
mod e103;
mod e105;
mod e106;
mod e108;
mod e112;
mod e113;
mod e114;
mod e115;
mod e116;
mod e117;
mod e118;
mod e119;
mod e120;
mod e121;
mod e122;
mod e132;
mod e201;
mod e203;
mod e204;
mod e205;
mod e207;
mod e301;
mod e302;
mod e305;
mod e309;
mod e310;
mod e311;
mod e401;
mod e402;
mod e404;
mod e405;
mod e407;
mod e409;
mod e501;
mod e502;
mod e503;
mod e504;
mod e506;
mod e508;
mod e509;
mod e510;
mod e512;
mod e601;
mod e701;
mod e702;
mod e703;
mod e801;
mod h125;
mod h126;
mod h127;
mod h128;
mod h129;
mod h133;
mod h134;
mod h144;
mod h145;
mod h146;
mod phrase;
mod plan;
mod scan;
mod w102;
mod w104;
mod w107;
mod w109;
mod w110;
mod w111;
mod w123;
mod w124;
mod w130;
mod w131;
mod w137;
mod w138;
mod w140;
mod w141;
mod w142;
mod w143;
mod w202;
mod w206;
mod w303;
mod w304;
mod w306;
mod w307;
mod w308;
mod w312;
mod w313;
mod w314;
mod w315;
mod w316;
mod w317;
mod w403;
mod w406;
mod w408;
mod w505;
mod w507;
mod w511;
mod w602;
mod w603;
mod w604;
mod w605;

use crate::base::{Findings, Severity};
use crate::config::Config;
use crate::ledger::Ledger;
use crate::model::Library;
use crate::source::Sources;

pub use phrase::{phrase, phrase_all};
pub use scan::masked;

/// What a rule may look at.
pub struct Subject<'a> {
    /// The files as they were read.
    pub sources: &'a Sources,
    /// What they mean.
    pub library: &'a Library,
    /// What follows from them.
    pub ledger: &'a Ledger,
    /// The settings.
    pub config: &'a Config,
}

/// A rule.
pub struct Rule {
    /// Its name.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// A few words, for lists.
    pub title: &'static str,
    /// What is wrong, with `{placeholders}` (DOMAIN.md 3.5).
    pub message: &'static str,
    /// How to write it right, with the same placeholders. A sentence whose
    /// placeholder has no value is left out.
    pub remedy: &'static str,
    /// Looks for the problem, where the reading rooms do not.
    pub check: Option<fn(&Subject<'_>, &mut Findings)>,
    /// Why it matters, a wrong and a right example: also the rule's test case.
    pub manual: &'static str,
}

/// Every rule, by number.
pub const RULES: &[&Rule] = &[
    &e101::RULE,
    &w102::RULE,
    &e103::RULE,
    &w104::RULE,
    &e105::RULE,
    &e106::RULE,
    &w107::RULE,
    &e108::RULE,
    &w109::RULE,
    &w110::RULE,
    &w111::RULE,
    &e112::RULE,
    &e113::RULE,
    &e114::RULE,
    &e115::RULE,
    &e116::RULE,
    &e117::RULE,
    &e118::RULE,
    &e119::RULE,
    &e120::RULE,
    &e121::RULE,
    &e122::RULE,
    &w123::RULE,
    &w124::RULE,
    &h125::RULE,
    &h126::RULE,
    &h127::RULE,
    &h128::RULE,
    &h129::RULE,
    &w130::RULE,
    &w131::RULE,
    &e132::RULE,
    &h133::RULE,
    &h134::RULE,
    &w137::RULE,
    &w138::RULE,
    &w140::RULE,
    &w141::RULE,
    &w142::RULE,
    &w143::RULE,
    &h144::RULE,
    &h145::RULE,
    &h146::RULE,
    &e201::RULE,
    &w202::RULE,
    &e203::RULE,
    &e204::RULE,
    &e205::RULE,
    &w206::RULE,
    &e207::RULE,
    &e301::RULE,
    &e302::RULE,
    &w303::RULE,
    &w304::RULE,
    &e305::RULE,
    &w306::RULE,
    &w307::RULE,
    &w308::RULE,
    &e309::RULE,
    &e310::RULE,
    &e311::RULE,
    &w312::RULE,
    &w313::RULE,
    &w314::RULE,
    &w315::RULE,
    &w316::RULE,
    &w317::RULE,
    &e401::RULE,
    &e402::RULE,
    &w403::RULE,
    &e404::RULE,
    &e405::RULE,
    &w406::RULE,
    &e407::RULE,
    &w408::RULE,
    &e409::RULE,
    &e501::RULE,
    &e502::RULE,
    &e503::RULE,
    &e504::RULE,
    &w505::RULE,
    &e506::RULE,
    &w507::RULE,
    &e508::RULE,
    &e509::RULE,
    &e510::RULE,
    &w511::RULE,
    &e512::RULE,
    &e601::RULE,
    &w602::RULE,
    &w603::RULE,
    &w604::RULE,
    &w605::RULE,
    &e701::RULE,
    &e702::RULE,
    &e703::RULE,
    &e801::RULE,
];

/// The rule of a code, in capitals or not.
pub fn find(code: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(code.trim()))
}

/// Lets every rule that looks for its problem itself look at the library.
pub fn check_all(subject: &Subject<'_>, findings: &mut Findings) {
    for check in RULES.iter().filter_map(|rule| rule.check) {
        check(subject, findings);
    }
}

impl Rule {
    /// The manual page without the lines that only the tests read.
    pub fn page(&self) -> String {
        let for_tests = |line: &str| ["词:", "行:", "统计日:"].iter().any(|mark| line.starts_with(mark));
        let mut page = String::with_capacity(self.manual.len());
        let mut in_block = false;
        let mut after_blank = false;
        for line in self.manual.lines() {
            in_block ^= line.starts_with("```");
            let is_blank = line.trim().is_empty();
            if (!in_block && for_tests(line)) || (!in_block && is_blank && after_blank) {
                continue;
            }
            page.push_str(line);
            page.push('\n');
            after_blank = is_blank;
        }
        page
    }
}
