//! The settings that `webserver` prints, tried with the servers they are for.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::command::Root;
use crate::http::{free_port, wait_for};
use crate::shown::Shown;
use crate::{LONG, Result};

/// Where Debian has them, before whatever the path names.
const NGINX: [&str; 2] = ["/usr/sbin/nginx", "nginx"];
const APACHE: [&str; 2] = ["/usr/sbin/apache2", "apache2"];

/// A server, ended with this value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn nginx_shows_the_site_as_it_should() -> Result {
    let Some(program) = find(&NGINX, "nginx")? else { return Ok(()) };
    for prefix in ["/jiaocai/", "/"] {
        try_with(prefix, |root, port| nginx(&program, root, port)).map_err(|error| format!("{prefix}\n{error}"))?;
    }
    Ok(())
}

#[test]
fn apache_shows_the_site_as_it_should() -> Result {
    let Some(program) = find(&APACHE, "Apache")? else { return Ok(()) };
    for prefix in ["/jiaocai/", "/"] {
        try_with(prefix, |root, port| apache(&program, root, port)).map_err(|error| format!("{prefix}\n{error}"))?;
    }
    Ok(())
}

/// A site, which the server reaches through a link, as in a published folder; in it two
/// links that lead out, and beside it what nobody may see.
pub fn site(url: &str) -> Result<Root> {
    let lesson = "content/units/chengdong/2025/lessons";
    let root = Root::new(&[
        ("secret.txt", "机密"),
        (&format!("{lesson}/a.md"), "---\n标题: 夜间巡查小窍门\n小教员: 张三\n---\n先看灯，再看门。\n"),
        (&format!("{lesson}/a.docx"), "x"),
    ]);
    root.run(&["build", "-q", "-o", "releases/1", "-u", url]).expect(0);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{PermissionsExt, symlink};
        fs::set_permissions(root.path(""), fs::Permissions::from_mode(0o755))?;
        symlink("releases/1", root.path("current"))?;
        symlink(root.path("secret.txt"), root.path("releases/1/link.txt"))?;
        symlink(root.path(""), root.path("releases/1/out"))?;
    }
    Ok(root)
}

fn try_with(prefix: &str, start: impl Fn(&Root, u16) -> Result<Child>) -> Result {
    let port = free_port()?;
    let url = format!("http://localhost:{port}{prefix}");
    let root = site(&url)?;
    for name in ["nginx", "apache"] {
        let printed = root.run(&["webserver", name, "--folder", "current", "-u", &url]).expect(0);
        root.write(&format!("{name}.conf"), printed.out.as_bytes());
    }
    let mut running = Running(start(&root, port)?);
    let log = || fs::read_to_string(root.path("error.log")).unwrap_or_default();
    wait_for(&mut running.0, port).map_err(|error| format!("{error}\n{}", log()))?;
    let shown = Shown { folder: &root.path("current"), port, prefix };
    shown.is_as_it_should_be().map_err(|error| format!("{error}\n{}", log()).into())
}

fn nginx(program: &Path, root: &Root, port: u16) -> Result<Child> {
    let ours = root.read("nginx.conf");
    let listen = format!("listen {port};");
    assert!(ours.contains(&listen), "{ours}");
    root.write("nginx.conf", ours.replace(&listen, &format!("listen 127.0.0.1:{port};")).as_bytes());
    root.write("mime.types", &fs::read("/etc/nginx/mime.types")?);
    let folder = root.path("");
    let folder = folder.to_str().ok_or("not UTF-8")?.trim_end_matches('/');
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let temporary: Vec<String> =
        temporary.iter().map(|name| format!("{name}_temp_path {folder}/temp-{name};")).collect();
    let main = format!(
        "daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;\nevents {{}}\n\
         http {{ access_log off; {} include nginx.conf; }}\n",
        temporary.join(" ")
    );
    root.write("main.conf", main.as_bytes());
    run(Command::new(program).args(["-e", &format!("{folder}/error.log"), "-c", &format!("{folder}/main.conf")]))
}

fn apache(program: &Path, root: &Root, port: u16) -> Result<Child> {
    let modules = "mpm_event authn_core authz_core alias deflate dir filter headers mime unixd";
    let built_in = String::from_utf8(Command::new(program).arg("-l").output()?.stdout)?;
    let load = |name: &str| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n");
    let wanted = modules.split(' ').filter(|name| !built_in.contains(&format!("mod_{name}.c")));
    let load: String = wanted.map(load).collect();
    let folder = root.path("");
    let folder = folder.to_str().ok_or("not UTF-8")?.trim_end_matches('/');
    let main = format!(
        "ServerName localhost\nServerRoot {folder}\nPidFile {folder}/pid\nErrorLog {folder}/error.log\n\
         DefaultRuntimeDir {folder}\nTypesConfig /etc/mime.types\nListen 127.0.0.1:{port}\nDocumentRoot {folder}/none\n\
         {load}<IfModule unixd_module>\nUser www-data\nGroup www-data\n</IfModule>\n\
         <Directory />\nOptions FollowSymLinks\nRequire all denied\n</Directory>\nInclude {folder}/apache.conf\n"
    );
    fs::create_dir_all(root.path("none"))?;
    root.write("main.conf", main.as_bytes());
    run(Command::new(program).args(["-X", "-f", &format!("{folder}/main.conf")]))
}

fn run(command: &mut Command) -> Result<Child> {
    Ok(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::inherit()).spawn()?)
}

/// The program, or a notice that it is not there.
fn find(names: &[&str], what: &str) -> Result<Option<PathBuf>> {
    let runs = |name: &&&str| Command::new(name).arg("-v").output().is_ok_and(|output| output.status.success());
    if let Some(name) = names.iter().find(runs) {
        return Ok(Some(PathBuf::from(name)));
    }
    if std::env::var("JIANGTAI_SERVERS").is_ok_and(|value| value == "required") {
        return Err(format!("找不到 {what}").into());
    }
    // Past the harness, which shows nothing of what a test that passes prints.
    writeln!(std::io::stderr(), "跳过服务器测试：找不到 {what}（测试最多等 {} 秒）", LONG.as_secs())?;
    Ok(None)
}
