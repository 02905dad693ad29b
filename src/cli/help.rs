//! Help in two languages, with an example for each command. Chinese stands at the
//! arguments themselves, English and the examples in `help.txt`.

use std::collections::HashMap;
use std::ffi::OsString;

use clap::{Arg, Command, CommandFactory};

use super::args::{Args, TEMPLATE};

const TEXT: &str = include_str!("help.txt");

/// The commands, with help in the language that the arguments ask for.
pub(super) fn command(arguments: &[OsString]) -> Command {
    let book = Book::read(asks_for_english(arguments));
    let command = Args::command();
    let name = command.get_name().to_owned();
    book.commands(command, &name, "")
}

/// Help is printed before the arguments are understood, so they are looked through.
fn asks_for_english(arguments: &[OsString]) -> bool {
    let words: Vec<&str> = arguments.iter().filter_map(|word| word.to_str()).collect();
    words.contains(&"--lang=en") || words.windows(2).any(|pair| pair == ["--lang", "en"])
}

/// The file of help.
struct Book {
    is_english: bool,
    english: HashMap<&'static str, &'static str>,
    examples: HashMap<&'static str, [&'static str; 3]>,
}

impl Book {
    fn read(is_english: bool) -> Self {
        let mut book = Book { is_english, english: HashMap::new(), examples: HashMap::new() };
        for line in TEXT.lines().filter(|line| !line.starts_with('#')) {
            if let Some((path, example)) = line.split_once(" ! ") {
                let mut parts = example.split(" | ");
                let mut next = || parts.next().unwrap_or_default();
                book.examples.insert(path, [next(), next(), next()]);
            } else if let Some((path, text)) = line.split_once(" = ") {
                book.english.insert(path, text);
            }
        }
        book
    }

    /// A command and those below it. Arguments of all commands stand at an empty path.
    fn commands(&self, command: Command, path: &str, arguments: &str) -> Command {
        let mut command = command.mut_args(|argument| self.argument(argument, arguments));
        if let (true, Some(about)) = (self.is_english, self.english.get(path)) {
            command = command.about(*about);
        }
        if self.is_english {
            command = command
                .help_template(TEMPLATE.replace("用法：", "Usage: "))
                .subcommand_help_heading("Commands")
                .subcommand_value_name("COMMAND");
        }
        if let Some([line, chinese, english]) = self.examples.get(path) {
            let (title, said) = if self.is_english { ("Example:", english) } else { ("例：", chinese) };
            command = command.after_help(format!("{title}\n  {line}\n      {said}"));
        }
        command.mut_subcommands(|below| {
            let name = below.get_name().to_owned();
            let path = if arguments.is_empty() { name } else { format!("{path} {name}") };
            self.commands(below, &path, &path)
        })
    }

    fn argument(&self, argument: Arg, command: &str) -> Arg {
        let is_global = command.is_empty();
        let heading = match (is_global, argument.is_positional(), self.is_english) {
            (true, _, false) => "通用选项",
            (true, _, true) => "Options of all commands",
            (false, true, false) => "参数",
            (false, true, true) => "Arguments",
            (false, false, false) => "选项",
            (false, false, true) => "Options",
        };
        let mut argument = argument.help_heading(heading);
        if !self.is_english {
            return argument;
        }
        if let Some(help) = self.english.get(format!("{command}.{}", argument.get_id()).as_str()) {
            argument = argument.help(*help);
        }
        let names: Vec<String> =
            argument.get_value_names().unwrap_or_default().iter().map(ToString::to_string).collect();
        let english = names.iter().filter_map(|name| self.english.get(format!("<{name}>").as_str()).copied());
        let english: Vec<&str> = english.collect();
        if english.is_empty() { argument } else { argument.value_names(english) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every path of the commands with their arguments, as the file names them.
    fn paths(command: &Command, path: &str, arguments: &str, found: &mut Vec<String>) {
        found.push(path.to_owned());
        found.extend(command.get_arguments().map(|argument| format!("{arguments}.{}", argument.get_id())));
        for below in command.get_subcommands() {
            let name = below.get_name();
            let path = if arguments.is_empty() { name.to_owned() } else { format!("{path} {name}") };
            paths(below, &path, &path, found);
        }
    }

    #[test]
    fn everything_is_said_in_english_and_nothing_is_left_over() {
        let book = Book::read(true);
        let mut found = Vec::new();
        paths(&Args::command(), "jiangtai", "", &mut found);
        let missing: Vec<&String> = found.iter().filter(|path| !book.english.contains_key(path.as_str())).collect();
        assert!(missing.is_empty(), "help.txt does not tell of {missing:?}");
        let known = |path: &&&str| !path.starts_with('<') && !found.iter().any(|one| one == **path);
        let left: Vec<&&str> = book.english.keys().filter(known).collect();
        assert!(left.is_empty(), "help.txt tells of what is not there: {left:?}");
    }

    #[test]
    fn every_command_has_an_example_that_is_understood() {
        let book = Book::read(false);
        let mut found = Vec::new();
        paths(&Args::command(), "jiangtai", "", &mut found);
        for path in found.iter().filter(|path| !path.contains('.') && *path != "jiangtai") {
            let [line, chinese, english] = book.examples.get(path.as_str()).unwrap_or_else(|| panic!("{path}"));
            assert!(!chinese.is_empty() && !english.is_empty(), "{path}");
            let words = line.split_whitespace().map(|word| OsString::from(word.trim_matches('"')));
            let words: Vec<OsString> = words.collect();
            assert!(Args::command().try_get_matches_from(&words).is_ok(), "{line}");
        }
    }

    #[test]
    fn english_help_has_no_chinese_outside_of_examples() {
        let words = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
        let mut command = command(&words("jiangtai --lang en"));
        let text = command.render_long_help().to_string();
        assert!(!text.contains(crate::base::text::is_han), "{text}");
        for below in command.get_subcommands_mut() {
            let text = below.render_help().to_string();
            let before = text.split("Example:").next().unwrap_or_default();
            assert!(!before.contains(crate::base::text::is_han), "{text}");
        }
    }
}
