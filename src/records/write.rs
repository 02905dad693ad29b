//! Writing a table so that spreadsheets read it: UTF-8 with the mark that they need,
//! lines as they end them.

use csv::{Terminator, WriterBuilder};

/// The bytes of a table whose first row is the header. Writing to memory does not
/// fail; rows may have different lengths.
pub fn table_bytes<R, C>(rows: R) -> Vec<u8>
where
    R: IntoIterator<Item = Vec<C>>,
    C: AsRef<[u8]>,
{
    let mut writer =
        WriterBuilder::new().terminator(Terminator::CRLF).flexible(true).from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows {
        let _ = writer.write_record(&row);
    }
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::table_bytes;

    #[test]
    fn cells_with_commas_and_quotes_stand_in_quotes() {
        let bytes = table_bytes([vec!["课题", "备注"], vec!["甲，乙", "a,\"b\""]]);
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert_eq!(text, "\u{feff}课题,备注\r\n甲，乙,\"a,\"\"b\"\"\"\r\n");
    }
}
