//! Names for addresses and for sorting: pinyin, with the readings that names and
//! places take where a character has several.

use pinyin::{ToPinyin, ToPinyinMulti};

use super::text::{fold, is_han};

/// The longest name of a file, in characters: old Windows systems allow 260 for a
/// whole path, and a share's own path takes its part.
const LONGEST: usize = 64;

/// Surnames whose usual reading is not the one that the table gives first.
const SURNAMES: &[(char, &str)] = &[
    ('单', "shan"),
    ('仇', "qiu"),
    ('曾', "zeng"),
    ('区', "ou"),
    ('查', "zha"),
    ('解', "xie"),
    ('任', "ren"),
    ('华', "hua"),
    ('朴', "piao"),
    ('盖', "ge"),
    ('尉', "wei"),
    ('缪', "miao"),
    ('乐', "yue"),
    ('翟', "zhai"),
    ('宓', "mi"),
    ('召', "shao"),
    ('折', "she"),
    ('黑', "he"),
    ('员', "yun"),
    ('种', "chong"),
    ('牟', "mu"),
    ('洗', "xian"),
    ('逄', "pang"),
    ('覃', "qin"),
];

/// Words in which a character takes another reading.
const WORDS: &[(&str, &[&str])] = &[
    ("重庆", &["chong", "qing"]),
    ("长沙", &["chang", "sha"]),
    ("银行", &["yin", "hang"]),
    ("行业", &["hang", "ye"]),
    ("会计", &["kuai", "ji"]),
    ("统计", &["tong", "ji"]),
    ("重复", &["chong", "fu"]),
    ("调解", &["tiao", "jie"]),
    ("调整", &["tiao", "zheng"]),
    ("调查", &["diao", "cha"]),
    ("调研", &["diao", "yan"]),
    ("期间", &["qi", "jian"]),
    ("处罚", &["chu", "fa"]),
    ("处理", &["chu", "li"]),
    ("假冒", &["jia", "mao"]),
    ("给付", &["ji", "fu"]),
    ("供给", &["gong", "ji"]),
    ("率先", &["shuai", "xian"]),
    ("效率", &["xiao", "lv"]),
    ("满意率", &["man", "yi", "lv"]),
    ("便宜", &["pian", "yi"]),
    ("便民", &["bian", "min"]),
    ("传票", &["chuan", "piao"]),
    ("传记", &["zhuan", "ji"]),
    ("积攒", &["ji", "zan"]),
    ("提供", &["ti", "gong"]),
    ("供货", &["gong", "huo"]),
    ("当场", &["dang", "chang"]),
    ("参差", &["cen", "ci"]),
    ("差评", &["cha", "ping"]),
    ("出差", &["chu", "chai"]),
    ("秤", &["cheng"]),
    ("称重", &["cheng", "zhong"]),
    ("分局", &["fen", "ju"]),
    ("成分", &["cheng", "fen"]),
    ("三包", &["san", "bao"]),
    ("薄弱", &["bo", "ruo"]),
    ("绿色", &["lv", "se"]),
    ("法律", &["fa", "lv"]),
    ("律师", &["lv", "shi"]),
    ("旅游", &["lv", "you"]),
    ("校对", &["jiao", "dui"]),
    ("了解", &["liao", "jie"]),
    ("了结", &["liao", "jie"]),
    ("几点", &["ji", "dian"]),
    ("为什么", &["wei", "shen", "me"]),
    ("什么", &["shen", "me"]),
    ("怎么", &["zen", "me"]),
    ("看", &["kan"]),
    ("都", &["dou"]),
    ("首都", &["shou", "du"]),
];

/// The syllables of a text; runs of Latin letters and digits stay whole.
pub fn syllables(text: &str) -> Vec<String> {
    aloud(text).into_iter().map(|(syllable, _)| syllable).collect()
}

/// The syllables of a text, each with the Han character that it is of.
fn aloud(text: &str) -> Vec<(String, Option<char>)> {
    let folded = fold_keeping_breaks(text);
    let chars: Vec<char> = folded.chars().collect();
    let mut out: Vec<(String, Option<char>)> = Vec::new();
    let mut run = String::new();
    let mut at = 0;
    while at < chars.len() {
        if !is_han(chars[at]) {
            if chars[at].is_ascii_alphanumeric() {
                run.push(chars[at]);
            } else if !run.is_empty() {
                out.push((std::mem::take(&mut run), None));
            }
            at += 1;
            continue;
        }
        if !run.is_empty() {
            out.push((std::mem::take(&mut run), None));
        }
        let begins = |word: &str| {
            let mut rest = chars[at..].iter();
            word.chars().all(|c| rest.next() == Some(&c))
        };
        match WORDS.iter().find(|(word, _)| begins(word)) {
            Some((word, readings)) => {
                out.extend(readings.iter().zip(word.chars()).map(|(reading, c)| ((*reading).to_owned(), Some(c))));
                at += word.chars().count();
            }
            None => {
                out.push((reading(chars[at]), Some(chars[at])));
                at += 1;
            }
        }
    }
    if !run.is_empty() {
        out.push((run, None));
    }
    out
}

fn fold_keeping_breaks(text: &str) -> String {
    text.split_whitespace().map(fold).collect::<Vec<_>>().join(" ")
}

/// One character's usual reading; a character without one keeps its code point.
fn reading(c: char) -> String {
    c.to_pinyin().map_or_else(|| format!("u{:x}", u32::from(c)), |pinyin| pinyin.plain().replace('ü', "v"))
}

/// The syllables of a person's name: the surname takes the reading that it has as
/// a surname.
pub fn name_syllables(name: &str) -> Vec<String> {
    let mut syllables = syllables(name);
    let first = name.trim().chars().next();
    if let Some((_, reading)) = SURNAMES.iter().find(|(surname, _)| Some(*surname) == first)
        && let Some(syllable) = syllables.first_mut()
    {
        *syllable = (*reading).to_owned();
    }
    syllables
}

/// How a text can be said: for each syllable of [`syllables`], or of
/// [`name_syllables`] if it is a person's name, that reading first and then the others
/// of its character.
pub fn spoken(text: &str, is_name: bool) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = Vec::new();
    for (syllable, character) in aloud(text) {
        let mut ways = vec![syllable];
        let others = character.map(readings).unwrap_or_default();
        ways.extend(others.into_iter().filter(|other| *other != ways[0]).collect::<Vec<_>>());
        all.push(ways);
    }
    if let (true, Some(surname), Some(ways)) = (is_name, name_syllables(text).into_iter().next(), all.first_mut()) {
        ways.retain(|way| *way != surname);
        ways.insert(0, surname);
    }
    all
}

/// All readings of a character.
pub fn readings(c: char) -> Vec<String> {
    let mut ways = Vec::new();
    for pinyin in c.to_pinyin_multi().into_iter().flatten() {
        let plain = pinyin.plain().replace('ü', "v");
        if !ways.contains(&plain) {
            ways.push(plain);
        }
    }
    ways
}

/// A name for an address: lower-case Latin letters, digits and hyphens. Empty when
/// the text has nothing that can be written so.
pub fn slug(text: &str) -> String {
    join(&syllables(text))
}

/// A person's name for an address.
pub fn name_slug(name: &str) -> String {
    join(&name_syllables(name))
}

fn join(syllables: &[String]) -> String {
    let mut out = String::new();
    for syllable in syllables {
        if !out.is_empty() && out.len() + 1 + syllable.len() > LONGEST {
            break;
        }
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(&syllable[..syllable.len().min(LONGEST)]);
    }
    no_device(out)
}

/// A name that Windows keeps for a device can be no file on its disks and shares, with
/// any extension; one such name would stop a whole site from being published there.
fn no_device(name: String) -> String {
    let (word, number) = name.split_at(name.len().min(3));
    let is_port = matches!(word, "com" | "lpt") && matches!(number.as_bytes(), [b'0'..=b'9']);
    let is_device = matches!(word, "con" | "prn" | "aux" | "nul") && number.is_empty();
    if is_port || is_device { name + "-file" } else { name }
}

/// A name of a file that is already fit for an address keeps its hyphens and case
/// folds; anything else becomes pinyin, also what a command would take for an option.
pub fn file_slug(stem: &str) -> String {
    let plain = !stem.is_empty()
        && !stem.starts_with('-')
        && stem.len() <= LONGEST
        && stem.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if plain { no_device(stem.to_ascii_lowercase()) } else { slug(stem) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_pinyin() {
        assert_eq!(slug("退一赔三"), "tui-yi-pei-san");
        assert_eq!(slug("12315工单七个工作日"), "12315-gong-dan-qi-ge-gong-zuo-ri");
        assert_eq!(slug("GB/T 9704"), "gb-t-9704");
        assert_eq!(slug("法律与效率"), "fa-lv-yu-xiao-lv");
        assert_eq!(slug("——"), "");
        assert_eq!(file_slug("l000123"), "l000123");
        assert_eq!(file_slug("夜巡 (1)"), "ye-xun-1");
        assert_eq!(file_slug("-rf"), "rf");
    }

    #[test]
    fn no_address_is_the_name_of_a_device() {
        for device in ["CON", "nul", "Aux", "prn", "COM1", "lpt9"] {
            assert_eq!(file_slug(device), format!("{}-file", device.to_lowercase()));
            assert_eq!(slug(&format!("（{device}）")), file_slug(device));
        }
        for name in ["com", "con-1", "console", "com10", "co", ""] {
            assert_eq!(file_slug(name), name);
        }
    }

    #[test]
    fn surnames_take_their_own_reading() {
        assert_eq!(name_slug("单小雪"), "shan-xiao-xue");
        assert_eq!(name_slug("仇谷雨"), "qiu-gu-yu");
        assert_eq!(name_slug("曾立夏"), "zeng-li-xia");
        assert_eq!(name_slug("区大寒"), "ou-da-han");
    }

    #[test]
    fn names_are_spoken_in_all_their_readings() {
        let ways = spoken("单小雪", true);
        assert_eq!(ways[0][0], "shan");
        assert!(ways[0].contains(&"dan".to_owned()));
        assert_eq!(spoken("用Excel行", false)[1], ["excel"]);
        assert!(spoken("行", false)[0].contains(&"hang".to_owned()));
    }

    #[test]
    fn long_names_are_cut_between_syllables() {
        let long = slug(&"监".repeat(100));
        assert!(long.len() <= LONGEST && !long.ends_with('-'));
    }
}
