//! The preview, asked as a browser asks it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use jiangtai::serve::{self, Event, Herald, Options, Outcome, ProblemNote, Rebuild, Soon};
use tempfile::TempDir;

type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Long enough for the slowest machine; nothing waits for it when all is well.
const LONG: Duration = Duration::from_secs(30);

struct Preview {
    root: TempDir,
    port: u16,
    events: Receiver<Event>,
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        let find = |line: &'_ str| line.split_once(':').is_some_and(|(key, _)| key.eq_ignore_ascii_case(name));
        self.head.lines().find(|line| find(line)).map_or("", |line| line[name.len() + 1..].trim())
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Preview {
    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    /// Asks for a path with these further header lines.
    fn ask(&self, method: &str, path: &str, headers: &[&str]) -> Result<Answer> {
        let host = format!("Host: 127.0.0.1:{}", self.port);
        let host = if headers.iter().any(|line| line.starts_with("Host:")) { "X: y" } else { &host };
        let lines = [&[host, "Connection: close"], headers].concat().join("\r\n");
        let mut stream = self.connect()?;
        write!(stream, "{method} {path} HTTP/1.1\r\n{lines}\r\n\r\n")?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").ok_or("no head")?;
        let head = String::from_utf8(bytes[..end].to_vec())?;
        let status = head.split(' ').nth(1).ok_or("no status")?.parse()?;
        Ok(Answer { status, head, body: bytes[end + 4..].to_vec() })
    }

    /// Saves a file as editors do, in one step, so that no rebuild sees half of it.
    fn save(&self, path: &str, text: &str) -> Result {
        let aside = self.path(path).with_extension("swp");
        fs::write(&aside, text)?;
        Ok(fs::rename(&aside, self.path(path))?)
    }

    /// Saves a file until the preview is woken by its name: the first time may fall
    /// into the moment in which a new folder is not watched yet.
    fn save_until_heard(&self, path: &str, woken: &Receiver<Vec<PathBuf>>) -> Result {
        let begun = Instant::now();
        while begun.elapsed() < LONG {
            self.save(path, "新")?;
            while let Ok(paths) = woken.recv_timeout(Duration::from_millis(500)) {
                if paths.contains(&fs::canonicalize(self.path(path))?) {
                    return Ok(());
                }
            }
        }
        Err(format!("{path} was never heard of").into())
    }

    fn get(&self, path: &str) -> Result<Answer> {
        self.ask("GET", path, &[])
    }

    fn connect(&self) -> Result<TcpStream> {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(LONG))?;
        Ok(stream)
    }

    /// Opens the stream of events and leaves it after its greeting.
    fn follow(&self) -> Result<Stream> {
        let mut stream = self.connect()?;
        write!(stream, "GET /__jiangtai/events HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
        let mut stream = Stream(BufReader::new(stream));
        stream.wait_for("event: problems")?;
        Ok(stream)
    }
}

struct Stream(BufReader<TcpStream>);

impl Stream {
    /// Reads until a line says this, and gives the line after it.
    fn wait_for(&mut self, event: &str) -> Result<String> {
        let mut line = String::new();
        loop {
            line.clear();
            if self.0.read_line(&mut line)? == 0 {
                return Err(format!("the stream ended before {event}").into());
            }
            if line.trim_end() == event {
                line.clear();
                self.0.read_line(&mut line)?;
                return Ok(line);
            }
        }
    }
}

/// A small site and a library whose every change is copied into it.
fn library() -> Result<TempDir> {
    let root = tempfile::tempdir()?;
    for folder in ["content", "public/units"] {
        fs::create_dir_all(root.path().join(folder))?;
    }
    let files = [
        ("content/a.md", "一"),
        ("secret.txt", "机密"),
        ("public/index.html", "<html><body><h1>首页</h1></body></html>"),
        ("public/404.html", "<html><body>本站没有这一页</body></html>"),
        ("public/units/index.html", "<body>单位</body>"),
        ("public/data.csv", "0123456789"),
        ("public/课 件.pptx", "件"),
        ("public/.jiangtai-manifest", "jiangtai-manifest 1"),
    ];
    for (path, text) in files {
        fs::write(root.path().join(path), text)?;
    }
    Ok(root)
}

fn copying(root: &Path) -> impl Rebuild + use<> {
    let (from, to) = (root.join("content/a.md"), root.join("public/data.csv"));
    move |_: &[PathBuf], _: Herald<'_>| {
        let changed = fs::copy(&from, &to).is_ok();
        Outcome { changed, summary: "完成".to_owned(), ..Outcome::default() }
    }
}

fn options(root: &Path) -> Options {
    Options {
        bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
        port: 0,
        open: false,
        poll: None,
        watch: vec![root.join("content"), root.join("themes")],
        since: None,
        folder: root.join("public"),
    }
}

/// Answers a search with what was asked.
fn echo(asked: &[(String, String)]) -> std::io::Result<String> {
    Ok(format!("{asked:?}"))
}

fn start(root: TempDir, options: Options, rebuilder: impl Rebuild + 'static) -> Result<Preview> {
    let (sender, events) = mpsc::channel();
    let tell = move |event| drop(sender.send(event));
    thread::spawn(move || serve::run(options, Outcome::default(), rebuilder, echo, tell));
    let mut before = Vec::new();
    loop {
        match events.recv_timeout(LONG)? {
            Event::Listening { url } => {
                let port = url.trim_end_matches('/').rsplit(':').next().ok_or("no port")?.parse()?;
                return Ok(Preview { root, port, events });
            }
            other => before.push(other),
        }
    }
}

fn preview() -> Result<Preview> {
    let root = library()?;
    let (options, rebuilder) = (options(root.path()), copying(root.path()));
    start(root, options, rebuilder)
}

/// A preview that passes on which paths woke it.
fn waking(change: impl FnOnce(&Path, &mut Options)) -> Result<(Preview, Receiver<Vec<PathBuf>>)> {
    let root = library()?;
    let mut options = options(root.path());
    change(root.path(), &mut options);
    let (sender, woken) = mpsc::channel();
    let page = root.path().join("public/index.html");
    let rebuilder = move |paths: &[PathBuf], _: Herald<'_>| {
        let _ = fs::write(&page, "<body>新</body>");
        let _ = sender.send(paths.to_vec());
        Outcome::default()
    };
    Ok((start(root, options, rebuilder)?, woken))
}

fn wait_for(woken: &Receiver<Vec<PathBuf>>, name: &str) -> Result {
    while !woken.recv_timeout(LONG)?.iter().any(|path| path.ends_with(name)) {}
    Ok(())
}

#[test]
fn pages_get_the_script_and_files_stay_as_they_are() -> Result {
    let preview = preview()?;
    let page = preview.get("/")?;
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(page.text().contains("<script src=\"/__jiangtai/reload.js\" data-build=\""), "{}", page.text());
    assert!(page.text().ends_with("defer></script></body></html>"));
    assert_eq!(page.header("content-length"), page.body.len().to_string());
    assert_eq!(page.header("cache-control"), "no-cache");
    assert!(!fs::read_to_string(preview.path("public/index.html"))?.contains("script"));
    let known = format!("If-None-Match: {}", page.header("etag"));
    assert_eq!(preview.ask("GET", "/index.html", &[&known])?.status, 304);
    let head = preview.ask("HEAD", "/", &[])?;
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), page.header("content-length"));
    assert_eq!(preview.ask("GET", "/", &["Range: bytes=0-1"])?.status, 200);
    assert!(preview.get("/__jiangtai/reload.js")?.text().contains("EventSource"));
    assert!(preview.get("/__jiangtai/reload.css")?.header("content-type").starts_with("text/css"));
    Ok(())
}

#[test]
fn files_answer_in_part_and_on_condition() -> Result {
    let preview = preview()?;
    let whole = preview.get("/data.csv")?;
    assert_eq!((whole.text().as_str(), whole.header("content-type")), ("0123456789", "text/csv; charset=utf-8"));
    let (tag, time) = (whole.header("etag").to_owned(), whole.header("last-modified").to_owned());
    let ask = |headers: &[&str]| preview.ask("GET", "/data.csv", headers);
    let part = ask(&["Range: bytes=2-4"])?;
    assert_eq!((part.status, part.text().as_str(), part.header("content-range")), (206, "234", "bytes 2-4/10"));
    assert_eq!(ask(&["Range: bytes=-3"])?.text(), "789");
    assert_eq!(ask(&["Range: bytes=20-"])?.status, 416);
    assert_eq!(ask(&["Range: bytes=0-1,3-4"])?.text(), "0123456789");
    assert_eq!(ask(&["Range: bytes=2-4", &format!("If-Range: {tag}")])?.status, 206);
    assert_eq!(ask(&["Range: bytes=2-4", "If-Range: \"old\""])?.status, 200);
    assert_eq!(ask(&[&format!("If-None-Match: \"x\", W/{tag}")])?.status, 304);
    assert_eq!(ask(&[&format!("If-Modified-Since: {time}")])?.status, 304);
    assert_eq!(ask(&["If-None-Match: \"old\"", &format!("If-Modified-Since: {time}")])?.status, 200);
    let office = preview.get("/%E8%AF%BE%20%E4%BB%B6.pptx")?;
    assert!(office.status == 200 && office.header("content-type").ends_with("presentationml.presentation"));
    Ok(())
}

#[test]
fn a_file_that_changes_twice_within_a_second_is_sent_again() -> Result {
    let preview = preview()?;
    let first = preview.get("/data.csv")?;
    let (tag, time) = (first.header("etag"), first.header("last-modified"));
    fs::write(preview.path("public/data.csv"), "abcdefghij")?;
    let headers = [format!("If-None-Match: {tag}"), format!("If-Modified-Since: {time}")];
    let second = preview.ask("GET", "/data.csv", &[&headers[0], &headers[1]])?;
    assert_eq!((second.status, second.text().as_str()), (200, "abcdefghij"));
    Ok(())
}

#[test]
fn nothing_outside_the_site_is_shown() -> Result {
    let preview = preview()?;
    #[cfg(unix)]
    std::os::unix::fs::symlink(preview.path("secret.txt"), preview.path("public/link.txt"))?;
    let paths =
        ["/../secret.txt", "/%2e%2e/secret.txt", "/units/..%2f..%2fsecret.txt", "/..%5csecret.txt", "//secret.txt"];
    for path in
        paths.into_iter().chain(["/.jiangtai-manifest", "/%2ejiangtai-manifest", "/link.txt", "//evil.example/.."])
    {
        let answer = preview.get(path)?;
        assert!(answer.status == 404 && !answer.text().contains("机密"), "{path} {}", answer.head);
    }
    Ok(())
}

#[test]
fn folders_and_missing_pages() -> Result {
    let preview = preview()?;
    let folder = preview.get("/units?x=1")?;
    assert_eq!((folder.status, folder.header("location")), (307, "/units/?x=1"));
    assert!(preview.get("/units/")?.text().contains("单位"));
    let missing = preview.get("/units/none.html")?;
    assert!(missing.status == 404 && missing.text().contains("本站没有这一页") && missing.text().contains("reload.js"));
    fs::remove_file(preview.path("public/404.html"))?;
    assert!(preview.get("/none")?.text().contains("没有这一页"));
    let post = preview.ask("POST", "/", &["Content-Length: 0"])?;
    assert_eq!((post.status, post.header("allow")), (405, "GET, HEAD"));
    Ok(())
}

#[test]
fn foreign_names_are_turned_away() -> Result {
    let preview = preview()?;
    for path in ["/", "/__jiangtai/events", "/__jiangtai/reload.js"] {
        assert_eq!(preview.ask("GET", path, &["Host: evil.example"])?.status, 403, "{path}");
    }
    assert_eq!(preview.ask("GET", "/", &["Host: localhost:1"])?.status, 200);
    Ok(())
}

#[test]
fn a_change_reaches_the_open_page() -> Result {
    let preview = preview()?;
    let mut stream = preview.follow()?;
    preview.save("content/a.md", "二")?;
    let build = stream.wait_for("event: reload")?;
    assert_eq!(preview.get("/data.csv")?.text(), "二");
    let build = build.trim().trim_start_matches("data: ").to_owned();
    assert!(preview.get("/")?.text().contains(&format!("data-build=\"{build}\"")));
    assert!(matches!(preview.events.recv_timeout(LONG)?, Event::Rebuilt { changed: true, .. }));
    Ok(())
}

#[test]
fn a_page_is_shown_before_the_rest_is_done() -> Result {
    let root = library()?;
    let options = options(root.path());
    let (release, held) = mpsc::channel::<()>();
    let preview = start(root, options, move |_: &[PathBuf], soon: Herald<'_>| {
        let outcome = Outcome { changed: true, ..Outcome::default() };
        soon(Soon::All(&outcome));
        let _ = held.recv_timeout(LONG);
        outcome
    })?;
    let mut stream = preview.follow()?;
    preview.save("content/a.md", "二")?;
    let build = stream.wait_for("event: reload")?;
    assert!(preview.events.try_recv().is_err(), "the rebuild still goes on");
    release.send(())?;
    assert!(matches!(preview.events.recv_timeout(LONG)?, Event::Rebuilt { changed: true, .. }));
    let named = format!("data-build=\"{}\"", build.trim().trim_start_matches("data: "));
    assert!(preview.get("/")?.text().contains(&named), "the end of the rebuild is no second change");
    Ok(())
}

#[test]
fn a_page_that_is_ready_reloads_alone_and_once() -> Result {
    let root = library()?;
    let options = options(root.path());
    let (release, held) = mpsc::channel::<()>();
    let preview = start(root, options, move |_: &[PathBuf], soon: Herald<'_>| {
        soon(Soon::Pages(&["index.html".to_owned()]));
        let _ = held.recv_timeout(LONG);
        Outcome { changed: true, ..Outcome::default() }
    })?;
    let before = build_in(&preview.get("/units/")?.text());
    let mut stream = preview.follow()?;
    preview.save("content/a.md", "二")?;
    let build = stream.wait_for("event: reload")?.trim().trim_start_matches("data: ").to_owned();
    let mut page = String::new();
    stream.0.read_line(&mut page)?;
    assert_eq!(page.trim(), "data: index.html");
    assert_eq!(build_in(&preview.get("/")?.text()), build);
    assert_eq!(build_in(&preview.get("/units/")?.text()), before, "the others wait");
    release.send(())?;
    assert_eq!(stream.wait_for("event: reload")?.trim(), format!("data: {build}"));
    assert_eq!(build_in(&preview.get("/units/")?.text()), build);
    Ok(())
}

/// The build that a page says it is of.
fn build_in(page: &str) -> String {
    page.split("data-build=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

#[test]
fn a_failure_is_shown_over_the_last_good_page() -> Result {
    let root = library()?;
    let options = options(root.path());
    let mut round = 0;
    let preview = start(root, options, move |_: &[PathBuf], _: Herald<'_>| {
        round += 1;
        assert!(round != 2, "有毛病");
        let problem = ProblemNote { severity: "error".to_owned(), ..ProblemNote::default() };
        Outcome { failure: Some("主题缺少 base.html".to_owned()), problems: vec![problem], ..Outcome::default() }
    })?;
    let mut stream = preview.follow()?;
    preview.save("content/a.md", "二")?;
    let sheet = stream.wait_for("event: problems")?;
    assert!(sheet.contains("主题缺少 base.html") && sheet.contains("\"errors\":1"), "{sheet}");
    assert!(preview.get("/")?.text().contains("首页"));
    preview.save("content/a.md", "三")?;
    let fault = stream.wait_for("event: problems")?;
    assert!(fault.contains("有毛病"), "{fault}");
    preview.save("content/a.md", "四")?;
    assert!(stream.wait_for("event: problems")?.contains("主题缺少 base.html"), "one fault does not end the preview");
    assert!(matches!(preview.events.recv_timeout(LONG)?, Event::Failed { .. }));
    Ok(())
}

#[test]
fn a_folder_that_comes_later_is_watched_too() -> Result {
    let (preview, woken) = waking(|_, _| {})?;
    fs::create_dir_all(preview.path("themes/own"))?;
    woken.recv_timeout(LONG)?;
    preview.save_until_heard("themes/own/a.css", &woken)?;
    fs::remove_dir_all(preview.path("themes"))?;
    fs::create_dir_all(preview.path("themes/own"))?;
    preview.save_until_heard("themes/own/b.css", &woken)
}

#[test]
fn the_output_and_the_litter_of_editors_wake_nobody() -> Result {
    let (preview, woken) = waking(|root, options| options.watch.push(root.to_path_buf()))?;
    for quiet in ["public/x.html", "content/~$教案.docx", "content/.a.md.swp", "content/a.md~"] {
        fs::write(preview.path(quiet), "静")?;
    }
    preview.save("content/b.md", "响")?;
    let paths = woken.recv_timeout(LONG)?;
    assert!(!paths.is_empty() && paths.iter().all(|path| path.ends_with("content/b.md")), "{paths:?}");
    Ok(())
}

#[test]
fn polling_sees_changes_without_the_system() -> Result {
    let (preview, woken) = waking(|_, options| options.poll = Some(Duration::from_millis(30)))?;
    preview.save("content/b.md", "新")?;
    wait_for(&woken, "b.md")?;
    fs::remove_file(preview.path("content/b.md"))?;
    wait_for(&woken, "b.md")
}

#[test]
fn what_changed_during_the_first_build_is_not_lost() -> Result {
    let (_preview, woken) = waking(|_, options| options.since = Some(SystemTime::UNIX_EPOCH))?;
    wait_for(&woken, "a.md")
}

#[test]
fn a_search_is_asked_with_names_and_values() -> Result {
    let root = library()?;
    let (options, rebuilder) = (options(root.path()), copying(root.path()));
    let preview = start(root, options, rebuilder)?;
    let answer = preview.ask("GET", "/__jiangtai/search?q=%E9%80%80+%E4%B8%80&unit=a%26b&limit", &[])?;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json; charset=utf-8"));
    assert_eq!(answer.text(), r#"[("q", "退 一"), ("unit", "a&b"), ("limit", "")]"#);
    Ok(())
}

#[test]
fn a_taken_port_is_said_and_gone_round() -> Result {
    let held = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let wanted = held.local_addr()?.port();
    let root = library()?;
    let options = Options { port: wanted, ..options(root.path()) };
    let rebuilder = copying(root.path());
    let (sender, events) = mpsc::channel();
    let tell = move |event| drop(sender.send(event));
    thread::spawn(move || serve::run(options, Outcome::default(), rebuilder, echo, tell));
    match events.recv_timeout(LONG)? {
        Event::PortTaken { wanted: asked, used } => assert!(asked == wanted && used > wanted),
        other => panic!("{other:?}"),
    }
    Ok(())
}
