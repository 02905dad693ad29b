//! 说明: the page of a pack that says what is inside, how to open it, and how to check it.

use crate::base::{Day, Finding};
use crate::render::{Documents, PaperView, Pointer, SectionView};
use crate::theme::Theme;

/// What a pack holds.
#[derive(Debug, Clone)]
pub struct Contents<'a> {
    /// 站名.
    pub site: &'a str,
    /// The bureau.
    pub organization: Option<&'a str>,
    /// The day of the statistics.
    pub as_of: Day,
    /// How many lessons there are.
    pub lessons: usize,
    /// How many units there are.
    pub units: usize,
    /// How many pages there are.
    pub pages: usize,
    /// How many files of authors there are.
    pub attachments: usize,
    /// How many files there are in all.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// How many errors the library has (E703).
    pub errors: usize,
    /// The name of the file.
    pub file: &'a str,
}

/// Makes the page.
///
/// # Errors
/// A mistake in the theme's templates, as a finding (E801).
pub fn start_page(contents: &Contents<'_>, theme: &Theme) -> Result<Vec<u8>, Finding> {
    let home = Pointer { text: format!("打开{}", contents.site), href: "site/index.html".to_owned() };
    let day = format!("统计日：{}。", contents.as_of.in_words());
    let view = PaperView {
        title: contents.site.to_owned(),
        lead: contents.organization.map(str::to_owned).into_iter().chain([day]).collect(),
        sections: vec![
            SectionView {
                id: "dakai".to_owned(),
                title: "怎样打开".to_owned(),
                links: vec![home],
                notes: opening(),
                ..SectionView::default()
            },
            inside(contents),
            checking(contents),
        ],
        ..PaperView::default()
    };
    Documents::new(theme)?.page(&view)
}

fn opening() -> Vec<String> {
    [
        "先把压缩包整个解压出来，不要在压缩软件里直接点开。",
        "解压以后点下面的链接，或双击 site 文件夹里的 index.html。用电脑上的浏览器就能看，不需要联网，也不用安装软件。",
        "要放到内网服务器或共享盘，把 site 文件夹整个复制过去即可，放在哪一级目录下都能用。",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn inside(contents: &Contents<'_>) -> SectionView {
    let row = |name: &str, value: String| vec![name.to_owned(), value];
    let mut rows = vec![
        row("日期（统计日）", contents.as_of.in_words()),
        row("版本", format!("讲台 {}", env!("CARGO_PKG_VERSION"))),
        row("教案", format!("{} 份", contents.lessons)),
        row("单位", format!("{} 个", contents.units)),
        row("附件", format!("{} 个", contents.attachments)),
        row("网页", format!("{} 个", contents.pages)),
        row("文件", format!("{} 个，共 {}", contents.files, size(contents.bytes))),
    ];
    if contents.errors > 0 {
        rows.push(row("没有改的错误", format!("{} 处，有关内容可能不全", contents.errors)));
    }
    SectionView {
        id: "neirong".to_owned(),
        title: "里面有什么".to_owned(),
        heads: ["项目", "内容"].map(str::to_owned).to_vec(),
        rows,
        ..SectionView::default()
    }
}

fn checking(contents: &Contents<'_>) -> SectionView {
    let command = |what: &str, how: String| vec![what.to_owned(), how];
    SectionView {
        id: "jiaoyan".to_owned(),
        title: "怎样校验".to_owned(),
        notes: vec![
            "SHA256SUMS 列出了每个文件的校验值，用来确认没有缺少、多出或被改动的文件。下面的做法任选一种；解压以后的，在解压出来的文件夹里运行。"
                .to_owned(),
            "校验表本身是否被换过，请向发来的人核对打包时显示的核对码或压缩包的 SHA-256。".to_owned(),
        ],
        heads: ["电脑上有", "运行"].map(str::to_owned).to_vec(),
        rows: vec![
            command("讲台（解压前）", format!("jiangtai verify {}", contents.file)),
            command("讲台（解压后）", "jiangtai verify .".to_owned()),
            command("Linux、麒麟、统信（解压后）", "sha256sum -c --quiet SHA256SUMS".to_owned()),
            command("Windows（解压前）", format!("certutil -hashfile {} SHA256", contents.file)),
        ],
        ..SectionView::default()
    }
}

/// A size as people read it.
pub(crate) fn size(bytes: u64) -> String {
    let tenths = |unit: u64| (bytes * 10 + unit / 2) / unit;
    match bytes {
        0..1024 => format!("{bytes} 字节"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        1_048_576..1_073_741_824 => format!("{}.{} MB", tenths(1_048_576) / 10, tenths(1_048_576) % 10),
        _ => format!("{}.{} GB", tenths(1_073_741_824) / 10, tenths(1_073_741_824) % 10),
    }
}
