//! `webserver`, as far as it can be tried without a server.

use jiangtai::serve::policy;

use crate::Result;
use crate::command::Root;

const SERVERS: [&str; 3] = ["nginx", "apache", "iis"];

#[test]
fn samples_are_filled_in_whole() {
    let root = Root::new(&[("content/site.yaml", "网址: http://jcw.example:8080/jiao.cai\n")]);
    for server in SERVERS {
        let sample = root.run(&["webserver", server]).expect(0).out;
        assert!(!sample.contains("{{") && !sample.contains("}}"), "{server}: {sample}");
        for (name, value) in policy::ALWAYS {
            assert!(sample.contains(name) && sample.contains(value), "{server} does not say {name}");
        }
        assert!(sample.contains("/jiao.cai/404.html"), "{server}: {sample}");
        if server != "iis" {
            assert!(
                sample.contains("8080") && sample.contains("jcw.example") && sample.contains("/public"),
                "{sample}"
            );
        }
    }
    let nginx = root.run(&["webserver", "nginx"]).out;
    assert!(nginx.contains("/jiao\\.cai/assets/"), "a dot is a dot: {nginx}");
    let told = root.run(&["webserver", "nginx", "-u", "https://jcw.example/"]).expect(0);
    assert!(told.err.contains("证书") && told.out.contains("listen 80;"), "{}", told.err);
}

/// A page may speak with the server that answers its searches, where the settings name
/// one, and with no other.
#[test]
fn samples_let_pages_speak_with_the_search_service_alone() {
    let root = Root::new(&[("content/site.yaml", "检索服务: http://js.example:9200/jiangtai\n")]);
    for server in ["nginx", "apache"] {
        let sample = root.run(&["webserver", server]).expect(0).out;
        assert!(sample.contains("connect-src 'self' http://js.example:9200;"), "{server}: {sample}");
        assert!(!sample.contains(policy::PAGES), "{server}: {sample}");
    }
    root.write("content/site.yaml", "检索服务: /jiangtai/search\n".as_bytes());
    assert!(root.run(&["webserver", "nginx"]).expect(0).out.contains(policy::PAGES));
}

/// What would mean something else in a settings file is refused.
#[test]
fn nothing_can_be_slipped_into_a_sample() {
    let root = Root::new(&[]);
    for server in SERVERS {
        for folder in ["a\"; } x {", "a\nb", "$document_root", "a;b", "%{QUERY_STRING}", "a*b"] {
            let ran = root.run(&["webserver", server, "--folder", folder]).expect(2);
            assert!(ran.out.is_empty() && ran.err.contains("不能写进配置"), "{server} {folder}: {}", ran.out);
        }
        for url in ["http://a;b/", "http://a/b;c/", "http://a/{b}/", "http://a/b\"c/", "http://a/%0a/", "http://甲/"] {
            let ran = root.run(&["webserver", server, "-u", url]).expect(2);
            assert!(ran.out.is_empty(), "{server} {url}: {}", ran.out);
        }
    }
    root.run(&["webserver", "caddy"]).expect(2);
}

#[test]
fn the_sample_for_iis_is_well_formed_and_knows_our_kinds() -> Result {
    let root = Root::new(&[]);
    let sample = root.run(&["webserver", "iis", "-u", "http://a/jiaocai/"]).expect(0).out;
    let mut open = Vec::new();
    let mut rest = sample.as_str();
    while let Some((_, tag)) = rest.split_once('<') {
        let end = if tag.starts_with("!--") { "-->" } else { ">" };
        let (tag, behind) = tag.split_once(end).ok_or("a tag without an end")?;
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "{sample}");
        } else if !tag.ends_with('/') && !tag.starts_with(['?', '!']) {
            open.push(name);
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        rest = behind;
    }
    assert!(open.is_empty(), "{open:?}");
    for kind in ["\".md\" mimeType=\"text/markdown; charset=utf-8\"", "\".csv\" mimeType=\"text/csv; charset=utf-8\""] {
        assert!(sample.contains(kind), "{sample}");
    }
    assert!(sample.contains("<location path=\"jiaocai/assets\">"), "{sample}");
    Ok(())
}
