//! Weights in whole numbers, so that Rust and JavaScript agree to the last digit.
//!
//! The weight of a term in a document is that of BM25 with k1 = 1.2 and b = 0.75; the
//! length of a document counts by sixteen classes.

/// About how many units the documents of each class of length have.
const CLASS_LENGTHS: [u64; 16] =
    [20, 34, 58, 98, 165, 279, 469, 789, 1327, 2233, 3756, 6316, 10623, 17866, 30048, 50535];

/// The weights of a library of a certain size.
#[derive(Debug, Clone)]
pub struct Scale {
    documents: u64,
    lengths: [u64; 16],
}

impl Scale {
    /// The weights of a library with so many documents of so many units on average.
    pub fn new(documents: u32, average: u32) -> Self {
        let average = u64::from(average.max(1));
        Self { documents: u64::from(documents), lengths: CLASS_LENGTHS.map(|length| 300 + 900 * length / average) }
    }

    /// How much a term says that stands in so many documents, in 256ths of a bit.
    pub fn rarity(&self, frequency: u32) -> u64 {
        let all = logarithm(2 * self.documents + 2);
        all.saturating_sub(logarithm(2 * u64::from(frequency) + 1)).max(1)
    }

    /// The weight of a term in a document: how many documents have it, how often it
    /// occurs in this one, and the class of this one's length.
    pub fn weight(&self, frequency: u32, occurrences: u32, class: u8) -> u64 {
        let occurrences = u64::from(occurrences);
        let length = self.lengths[usize::from(class & 15)];
        self.rarity(frequency) * (occurrences * 2_200_000 / (occurrences * 1000 + length)) / 256
    }
}

/// How many units some documents have on average, at least one.
pub(super) fn average(lengths: impl Iterator<Item = u32>) -> u32 {
    let (mut sum, mut count) = (0u64, 0u64);
    for length in lengths {
        sum += u64::from(length);
        count += 1;
    }
    u32::try_from(sum.checked_div(count).unwrap_or(0)).unwrap_or(u32::MAX).max(1)
}

/// The class of a document's length in units.
pub fn length_class(length: u32) -> u8 {
    let steps = logarithm(u64::from(length) + 1).saturating_sub(1024) / 192;
    u8::try_from(steps).unwrap_or(15).min(15)
}

/// 256 times the binary logarithm, rounded down; of 1 at least.
fn logarithm(number: u64) -> u64 {
    let number = number.max(1);
    let exponent = u64::from(number.ilog2());
    let mut mantissa = if exponent >= 15 { number >> (exponent - 15) } else { number << (15 - exponent) };
    let mut fraction = 0;
    for _ in 0..8 {
        mantissa *= mantissa;
        fraction *= 2;
        if mantissa >= 1 << 31 {
            fraction += 1;
            mantissa >>= 16;
        } else {
            mantissa >>= 15;
        }
    }
    exponent * 256 + fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_those_of_mathematics() {
        for number in [1u64, 2, 3, 7, 100, 999, 65_535, 1_000_003] {
            let exact = 256.0 * (number as f64).log2();
            let ours = logarithm(number) as f64;
            assert!((exact - ours).abs() <= 2.0, "{number}: {ours} for {exact}");
        }
    }

    #[test]
    fn rare_terms_and_short_documents_weigh_more() {
        let scale = Scale::new(1000, 500);
        assert!(scale.rarity(1) > scale.rarity(100) && scale.rarity(1000) >= 1);
        assert!(scale.weight(10, 3, 5) > scale.weight(10, 1, 5));
        assert!(scale.weight(10, 1, 2) > scale.weight(10, 1, 9));
        assert_eq!([0, 15, 500, 100_000].map(length_class), [0, 0, 6, 15]);
    }
}
