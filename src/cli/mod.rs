//! The command line: arguments, printing and exit codes. Nobody else prints or exits.

mod archive;
mod args;
mod build;
mod check;
mod collect;
mod complaint;
mod desk;
mod draft;
mod explain;
mod export;
mod help;
mod homes;
mod import;
mod init;
mod lines;
mod list;
mod new;
mod pack;
mod print;
mod publish;
mod releases;
mod remembered;
mod report;
mod schema;
mod search;
mod serve;
mod target;
mod verify;
mod webserver;
mod workspace;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::FromArgMatches;

use args::{Args, Command};
use print::Printer;

/// How a command ended (CLI.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0.
    Done,
    /// 1: the content has errors.
    Content,
    /// 2: the command was not understood.
    Usage,
    /// 3: the settings or the theme are wrong.
    Settings,
    /// 4: the disk or the environment refused.
    Environment,
    /// 5: publishing was refused, or what was checked is not whole.
    Refused,
    /// 130: interrupted.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Content => 1,
            Exit::Usage => 2,
            Exit::Settings => 3,
            Exit::Environment => 4,
            Exit::Refused => 5,
            Exit::Interrupted => 130,
        })
    }
}

/// Why a command could not go on: a sentence and the exit code.
#[derive(Debug)]
pub(crate) struct Failure {
    pub exit: Exit,
    pub message: String,
}

impl Failure {
    pub(crate) fn new(exit: Exit, message: impl ToString) -> Self {
        Self { exit, message: message.to_string() }
    }
}

/// Runs a command with its arguments, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let matches = help::command(&arguments).try_get_matches_from(&arguments);
    let args = match matches.and_then(|matches| Args::from_arg_matches(&matches)) {
        Ok(args) => args,
        Err(error) => return complaint::answer(&error).into(),
    };
    let printer = Printer::new(&args.global);
    if let Some(jobs) = args.global.jobs {
        // A second pool is only asked for in tests within one process; the first one stays.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    }
    match dispatch(&args, &printer) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            printer.failure(&failure.message);
            failure.exit.into()
        }
    }
}

fn dispatch(args: &Args, printer: &Printer) -> Result<Exit, Failure> {
    let global = &args.global;
    if global.format.is_for_files() && !matches!(args.command, Command::Export(_)) {
        let message = format!("--format {} 只用于 export，其他命令可以写 human 或 json。", global.format.name());
        return Err(Failure::new(Exit::Usage, message));
    }
    match &args.command {
        Command::Init(options) => init::run(global, options, printer),
        Command::New(options) => new::run(global, options, printer),
        Command::Check(options) => check::run(global, options, printer),
        Command::Collect(options) => collect::run(global, options, printer),
        Command::Import(options) => import::run(global, options, printer),
        Command::Explain { code } => explain::run(code, printer),
        Command::Build(options) => build::run(global, options, printer),
        Command::Serve(options) => serve::run(global, options, printer),
        Command::Webserver(options) => webserver::run(global, options, printer),
        Command::Draft { what } => draft::run(global, what, printer),
        Command::Report(options) => report::run(global, options, printer),
        Command::Export(options) => export::run(global, options, printer),
        Command::Archive(options) => archive::run(global, options, printer),
        Command::Publish(options) => publish::run(global, options, printer),
        Command::Releases(options) => releases::list(global, options, printer),
        Command::Rollback(options) => releases::rollback(global, options, printer),
        Command::Pack(options) => pack::run(global, options, printer),
        Command::Verify(options) => verify::run(global, options, printer),
        Command::Search(options) => search::run(global, options, printer),
        Command::List { what } => list::run(global, *what, printer),
        Command::Schema { name } => schema::run(name.as_deref(), printer),
        Command::Completions { shell } => {
            let mut out = Vec::new();
            clap_complete::generate(*shell, &mut help::command(&[]), "jiangtai", &mut out);
            printer.data(&String::from_utf8_lossy(&out));
            Ok(Exit::Done)
        }
    }
}
