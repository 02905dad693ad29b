//! QR codes as outlines for inline SVG: qrcode's only home.

use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::types::QrError;
use qrcode::{Color, EcLevel, bits, ec};

use super::desk::Desk;
use super::views::QrView;
use crate::base::OutputPath;

/// The blank margin that readers need, in squares.
const MARGIN: usize = 4;

impl Desk<'_> {
    /// The code that leads to a page, when it is known where the site will stand; else
    /// one that says a lesson's number.
    pub(super) fn qr(&self, path: &OutputPath, number: &str) -> Option<QrView> {
        match &self.scene.config.base_url {
            Some(base) => draw(&format!("{base}{path}")),
            None => draw(number),
        }
    }
}

/// `None` for a text that is too long for any code.
fn draw(text: &str) -> Option<QrView> {
    let (squares, width) = squares(text).ok()?;
    let size = super::desk::count(width + 2 * MARGIN);
    Some(QrView { text: text.to_owned(), size, path: outline(&squares, width) })
}

/// The squares row by row, and how many a row has. Readers take any mask; to try all
/// eight and keep the evenest, as `QrCode` does, takes 20 times as long (1.9 ms a code,
/// half a minute for a library of ten thousand lessons).
fn squares(text: &str) -> Result<(Vec<Color>, usize), QrError> {
    const LEVEL: EcLevel = EcLevel::M;
    let bits = bits::encode_auto(text.as_bytes(), LEVEL)?;
    let version = bits.version();
    let (data, correction) = ec::construct_codewords(&bits.into_bytes(), version, LEVEL)?;
    let mut canvas = Canvas::new(version, LEVEL);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    canvas.apply_mask(MaskPattern::Checkerboard);
    Ok((canvas.into_colors(), usize::try_from(version.width()).unwrap_or(0)))
}

/// A line through the middle of each run of dark squares, one square thick.
fn outline(squares: &[Color], width: usize) -> String {
    let mut path = String::new();
    for (y, row) in squares.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one == next) {
            if run[0] == Color::Dark {
                path.push_str(&format!("M{} {}.5h{}", x + MARGIN, y + MARGIN, run.len()));
            }
            x += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The squares that an outline covers, read back from the path.
    fn covered(view: &QrView) -> Vec<(usize, usize)> {
        let runs = view.path.split('M').skip(1).map(|run| {
            let (place, length) = run.split_once('h').expect("a run");
            let (x, y) = place.split_once(' ').expect("a place");
            let number = |text: &str| text.trim_end_matches(".5").parse::<usize>().expect("a number");
            (number(x), number(y), number(length))
        });
        runs.flat_map(|(x, y, length)| (x..x + length).map(move |x| (x, y))).collect()
    }

    #[test]
    fn an_outline_covers_the_dark_squares_and_no_others() {
        for text in ["L14", "http://jcw.example.invalid/jiaocai/units/kaifaqu/2023/deng-ji-bao-cun.html", "编号 甲-一"]
        {
            let (squares, width) = squares(text).expect("a code");
            let view = draw(text).expect("a code");
            let place = |at: usize| (at % width + MARGIN, at / width + MARGIN);
            let wanted: Vec<_> = (0..squares.len()).filter(|at| squares[*at] == Color::Dark).map(place).collect();
            assert_eq!(covered(&view), wanted, "{text}");
            assert_eq!(view.size as usize, width + 2 * MARGIN);
        }
        assert!(draw(&"长".repeat(2000)).is_none());
    }

    /// A reader that is not ours reads back what was written.
    #[test]
    fn a_reader_reads_what_was_written() {
        const PIXELS: usize = 4;
        let numbers = (1..12).map(|number| format!("L{number}"));
        let addresses = (1..12).map(|number| format!("http://jcw.example.invalid/jiaocai/units/x{number}/2025/y.html"));
        for text in numbers.chain(addresses).chain(["编号 甲-一".to_owned()]) {
            let view = draw(&text).expect("a code");
            let dark: std::collections::BTreeSet<_> = covered(&view).into_iter().collect();
            let width = view.size as usize * PIXELS;
            let pixel = |x: usize, y: usize| if dark.contains(&(x / PIXELS, y / PIXELS)) { 0 } else { 255 };
            let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, width, pixel);
            let read: Vec<String> = image.detect_grids().iter().map(|grid| grid.decode().expect("a text").1).collect();
            assert_eq!(read, [text]);
        }
    }
}
