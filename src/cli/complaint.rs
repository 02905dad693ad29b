//! What to say when a command is not understood: in Chinese, with the right way.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::Exit;

/// Prints help, the version, or a complaint.
pub(super) fn answer(error: &Error) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            print!("{}", error.render());
            Exit::Done
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            eprint!("{}", error.render());
            Exit::Usage
        }
        _ => {
            eprintln!("{}", sentence(error));
            eprintln!("运行 jiangtai --help 查看全部用法。");
            Exit::Usage
        }
    }
}

fn sentence(error: &Error) -> String {
    let value = |kind| error.get(kind).map(plain).unwrap_or_default();
    let meant = |text: String| if text.is_empty() { String::new() } else { format!("是不是想写“{text}”？") };
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let near = value(ContextKind::SuggestedSubcommand);
            format!("没有“{}”这个命令。{}", value(ContextKind::InvalidSubcommand), meant(near))
        }
        ErrorKind::UnknownArgument => {
            let near = value(ContextKind::SuggestedArg);
            format!("不认识“{}”。{}", value(ContextKind::InvalidArg), meant(near))
        }
        ErrorKind::MissingRequiredArgument => format!("还缺：{}。", value(ContextKind::InvalidArg)),
        ErrorKind::MissingSubcommand => "还缺一个命令，例如 build 或 serve。".to_owned(),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let cause = std::error::Error::source(error).map(|source| format!("{}。", in_chinese(&source.to_string())));
            let cause = cause.unwrap_or_default();
            let allowed = value(ContextKind::ValidValue);
            let allowed = if allowed.is_empty() { allowed } else { format!("可以写：{allowed}。") };
            format!(
                "“{}”的值“{}”不对。{cause}{allowed}",
                value(ContextKind::InvalidArg),
                value(ContextKind::InvalidValue)
            )
        }
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("“{}”后面要写一个值。", value(ContextKind::InvalidArg))
        }
        ErrorKind::TooManyValues => format!("“{}”是多余的。", value(ContextKind::InvalidValue)),
        ErrorKind::ArgumentConflict => {
            format!(
                "“{}”不能同“{}”一起用，或者写了两次。",
                value(ContextKind::InvalidArg),
                value(ContextKind::PriorArg)
            )
        }
        ErrorKind::InvalidUtf8 => "参数里有读不出来的字符。".to_owned(),
        _ => "这样写看不懂。".to_owned(),
    }
}

/// What the parsers of numbers and addresses say, which they say in English.
fn in_chinese(cause: &str) -> String {
    let is_english = cause.is_ascii();
    match cause {
        _ if !is_english => cause.to_owned(),
        _ if cause.contains("address") => "请写 IP 地址，例如 127.0.0.1".to_owned(),
        _ => "请写合适的数字".to_owned(),
    }
}

fn plain(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        other => other.to_string(),
    }
}
