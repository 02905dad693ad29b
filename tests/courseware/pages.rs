//! What pages and search make of attachments.

use std::fs;

use jiangtai::courseware::{Memory, open};
use jiangtai::source::Sources;

use super::readers::folder;
use super::support::{File, Site, build, html};

const FOLDER: &str = "content/units/城东分局/2025/lessons";

fn file(name: &str, bytes: impl Into<Vec<u8>>) -> File {
    (format!("{FOLDER}/{name}"), bytes.into())
}

/// A file that an office program wrote, under another name.
fn written(name: &str, original: &str) -> File {
    file(name, fs::read(folder().join(original)).expect("a file"))
}

fn lesson(body: &str) -> File {
    file("夜巡.md", format!("---\n标题: 夜间巡查小窍门\n---\n\n{body}\n"))
}

fn site(files: &[File]) -> Site {
    build(files, "2025-12-31")
}

const PAGE: &str = "units/cheng-dong-fen-ju/2025/ye-xun.html";

/// The places and anchors of search's blocks that hold a text.
fn places(site: &Site, text: &str) -> Vec<(String, String)> {
    let index = site.index();
    let blocks = index.documents.iter().flat_map(|document| &document.text.blocks);
    let found = blocks.filter(|block| block.text.contains(text));
    found.map(|block| (block.place.clone(), block.anchor.clone())).collect()
}

#[test]
fn a_card_says_what_is_inside_and_how_to_check_it() {
    let site = site(&[lesson("先看灯。"), written("夜巡.pptx", "slides-by-python-pptx.pptx")]);
    let page = site.page(PAGE);
    for text in ["4张", "内容预览", "第2张", "日期倒推表", "这里先提问：谁见过拒收？", "SHA-256"]
    {
        assert!(page.contains(text), "{text}");
    }
    let bytes = &site.files["units/cheng-dong-fen-ju/2025/files/ye-xun.pptx"];
    let mut sources = Sources::from_memory([("content/units/a/2025/lessons/a.pptx", bytes.as_slice())]);
    open(&mut sources, &Memory::none(), 0).expect("what lies in memory can be read");
    let inside = sources.files[0].inside().expect("somebody looked");
    assert!(page.contains(&inside.sha256));
    assert_eq!(html::anchors(page).iter().filter(|id| id.starts_with("file-1")).count(), 5);
}

#[test]
fn pictures_of_slides_are_small_and_keep_their_room() {
    let site = site(&[lesson("先看灯。"), written("夜巡.pptx", "slides-by-python-pptx.pptx")]);
    let thumbs: Vec<&String> = site.files.keys().filter(|name| name.starts_with("thumbs/")).collect();
    assert_eq!(thumbs.len(), 1);
    let tag = format!("src=\"../../../{}\" width=\"480\" height=\"270\"", thumbs[0]);
    assert!(site.page(PAGE).contains(&tag), "{tag}");
    assert!(site.files[thumbs[0]].starts_with(&[0xff, 0xd8]));
}

#[test]
fn a_photograph_is_published_upright_and_without_its_place() {
    let original = fs::read(folder().join("photograph-with-place-by-pillow.jpg")).expect("a file");
    let site = site(&[lesson("![现场](现场.jpg \"夜里的市场\")"), file("现场.jpg", original.clone())]);
    assert!(site.page(PAGE).contains("width=\"300\" height=\"400\" loading=\"lazy\""));
    let published = &site.files["units/cheng-dong-fen-ju/2025/files/xian-chang.jpg"];
    assert!(original.windows(4).any(|part| part == b"Exif"));
    assert!(!published.windows(4).any(|part| part == b"Exif"));
}

#[test]
fn a_wide_picture_is_made_smaller_and_html_gets_its_size_too() {
    let body = "![图](图.png)\n\n<img src=\"图.png\" alt=\"图\">\n";
    let site = site(&[lesson(body), written("图.png", "wide-drawing-by-pillow.png")]);
    assert_eq!(site.page(PAGE).matches("width=\"1600\" height=\"600\"").count(), 2);
    let published = &site.files["units/cheng-dong-fen-ju/2025/files/tu.png"];
    assert_eq!(&published[16..24], [0, 0, 6, 64, 0, 0, 2, 88]);
}

#[test]
fn text_in_attachments_is_found_with_its_place() {
    let files = [
        lesson("先看灯。"),
        written("夜巡.pptx", "slides-by-python-pptx.pptx"),
        written("巡查表.xlsx", "book-by-libreoffice.xlsx"),
        written("单页.pdf", "pages-by-reportlab.pdf"),
    ];
    let site = site(&files);
    let at = |place: &str, anchor: &str| vec![(place.to_owned(), anchor.to_owned())];
    assert_eq!(places(&site, "拍照录像留证"), at("夜巡.pptx 第3张", "file-1-3"));
    assert_eq!(places(&site, "谁见过拒收"), at("夜巡.pptx 第3张", "file-1-3"));
    assert_eq!(places(&site, "某水果店"), at("巡查表.xlsx 工作表“三月”", "file-1-1"));
    assert_eq!(places(&site, "运费由消费者承担"), at("单页.pdf 第2页", "file-1-2"));
}

#[test]
fn what_finds_no_room_on_the_page_is_found_too() {
    let slides: Vec<String> = (1..=40).map(|number| format!("第 {number} 课\n内容 {number}号")).collect();
    let deck = super::office::pptx(&slides.join("\n---\n"));
    let site = site(&[lesson("先看灯。"), file("夜巡.pptx", deck)]);
    let page = site.page(PAGE);
    assert!(page.contains("内容 12号") && !page.contains("内容 13号") && page.contains("其余28张请下载后查看"));
    assert_eq!(places(&site, "内容 40号"), [("夜巡.pptx 第40张".to_owned(), "file-1".to_owned())]);
}

#[test]
fn a_file_that_stands_alone_has_its_whole_text_on_its_page() {
    let site = site(&[written("送达回证填写.docx", "paper-by-python-docx.docx")]);
    let page = site.page("units/cheng-dong-fen-ju/2025/song-da-hui-zheng-tian-xie.html");
    for text in ["一、送达的方式", "委托送达", "2025 年 3 月 14 日", "龘靐𠮷"] {
        assert!(page.contains(text), "{text}");
    }
    assert!(site.page("lessons/index.html").contains("送达回证由受送达人签名"));
}

#[test]
fn a_secret_inside_keeps_a_file_from_being_published() {
    let site = site(&[lesson("先看灯。"), file("夜巡.docx", super::office::docx("通报\n机密★三年"))]);
    assert!(!site.files.keys().any(|name| name.ends_with(".docx")));
    assert!(site.texts().all(|(_, text)| !text.contains("机密★")));
    assert!(site.problems().iter().any(|problem| problem.starts_with("E601")));
    assert!(places(&site, "机密").is_empty());
}

#[test]
fn comments_and_deleted_passages_stay_in_the_file() {
    let site = site(&[written("先行登记.docx", "paper-by-libreoffice.docx")]);
    assert!(!places(&site, "七日内").is_empty());
    for hidden in ["删掉的旧说法", "这句要再核对"] {
        assert!(site.texts().all(|(_, text)| !text.contains(hidden)), "{hidden}");
        assert!(places(&site, hidden).is_empty(), "{hidden}");
    }
}

#[test]
fn markup_in_a_file_is_text_on_the_page() {
    let evil = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;";
    let site = site(&[lesson("先看灯。"), file("夜巡.pptx", super::office::pptx(evil))]);
    assert!(site.page(PAGE).contains("&lt;img src=x onerror=alert(2)&gt;"));
    assert!(!site.page(PAGE).contains("<img src=x"));
}
