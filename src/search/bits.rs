//! Numbers as few bits: Elias gamma and Rice codes, most significant bit first.

/// Bits that are being written.
#[derive(Debug, Clone, Default)]
pub(super) struct Bits {
    bytes: Vec<u8>,
    /// The last bits, fewer than 32, that are no bytes yet.
    held: u64,
    /// How many these are.
    count: u32,
}

impl Bits {
    /// How many bits there are.
    pub(super) fn len(&self) -> usize {
        self.bytes.len() * 8 + self.count as usize
    }

    /// The bits as bytes, the last one padded with zeros.
    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        let padded = self.held << (32 - self.count);
        let left = self.count.div_ceil(8) as usize;
        self.bytes.extend_from_slice(&(padded as u32).to_be_bytes()[..left]);
        self.bytes
    }

    /// Forgets all bits, to be filled anew.
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        (self.held, self.count) = (0, 0);
    }

    /// One bit.
    pub(super) fn bit(&mut self, bit: bool) {
        self.number(u32::from(bit), 1);
    }

    /// The low `count` bits of a number, at most 32.
    pub(super) fn number(&mut self, value: u32, count: u32) {
        let value = u64::from(value) & ((1 << count) - 1);
        self.held = self.held << count | value;
        self.count += count;
        if self.count >= 32 {
            self.count -= 32;
            self.bytes.extend_from_slice(&((self.held >> self.count) as u32).to_be_bytes());
            self.held &= (1 << self.count) - 1;
        }
    }

    /// A number from one on, in twice its length of bits.
    pub(super) fn gamma(&mut self, value: u32) {
        let width = value.max(1).ilog2();
        self.number(0, width);
        self.number(value.max(1), width + 1);
    }

    /// A number from zero on whose usual size is about two to the power of `parameter`.
    pub(super) fn rice(&mut self, value: u32, parameter: u32) {
        let mut ones = value >> parameter;
        while ones >= 31 {
            self.number(0x7fff_ffff, 31);
            ones -= 31;
        }
        self.number((1 << (ones + 1)) - 2, ones + 1);
        self.number(value, parameter);
    }

    /// Other bits behind these.
    pub(super) fn append(&mut self, other: &Bits) {
        let mut words = other.bytes.chunks_exact(4);
        for word in &mut words {
            self.number(u32::from_be_bytes([word[0], word[1], word[2], word[3]]), 32);
        }
        self.number(other.held as u32, other.count);
    }
}

/// How many bits numbers take in Rice code with the parameter below `limit` with which
/// they take the fewest, and this parameter.
pub(super) fn best_parameter(values: &[u32], limit: u32) -> (u32, u64) {
    let count = values.len() as u64;
    let sum: u64 = values.iter().map(|value| u64::from(*value)).sum();
    let mean = sum.checked_div(count).unwrap_or(0);
    let middle = (mean + 1).ilog2();
    let first = middle.saturating_sub(3);
    let mut sums = [0u64; 5];
    for value in values {
        for (at, sum) in (0u32..).zip(&mut sums) {
            *sum += u64::from(value >> (first + at).min(31));
        }
    }
    let lengths = (first..).zip(sums).map(|(parameter, sum)| (sum + count * (1 + u64::from(parameter)), parameter));
    let allowed = lengths.filter(|(_, parameter)| *parameter < limit && *parameter <= middle + 1);
    allowed.min().map_or((0, count), |(length, parameter)| (parameter, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(bits: &Bits) -> String {
        let (length, bytes) = (bits.len(), bits.clone().into_bytes());
        (0..length).map(|at| if bytes[at / 8] & (0x80 >> (at % 8)) == 0 { '0' } else { '1' }).collect()
    }

    #[test]
    fn codes_are_written_most_significant_bit_first() {
        let mut bits = Bits::default();
        bits.gamma(1);
        bits.gamma(5);
        bits.rice(9, 2);
        bits.number(3, 4);
        assert_eq!(shown(&bits), "1".to_owned() + "00101" + "11001" + "0011");
    }

    #[test]
    fn bits_are_appended_without_a_seam() {
        let mut one = Bits::default();
        one.number(5, 3);
        let mut other = Bits::default();
        other.number(0b1_0110_0111, 9);
        one.append(&other);
        assert_eq!(shown(&one), "101101100111");
    }

    #[test]
    fn long_numbers_and_many_ones_cross_the_ends_of_words() {
        let mut bits = Bits::default();
        let mut wanted = String::new();
        for (value, parameter) in [(70, 0), (31, 0), (30, 0), (0, 0), (u32::MAX, 31), (12_345, 7), (62, 1)] {
            bits.rice(value, parameter);
            wanted += &"1".repeat((value >> parameter) as usize);
            wanted += "0";
            let low = format!("{value:032b}");
            wanted += &low[32 - parameter as usize..];
        }
        assert_eq!(shown(&bits), wanted);
        let mut twice = bits.clone();
        twice.append(&bits);
        assert_eq!(shown(&twice), wanted.repeat(2));
    }

    #[test]
    fn the_best_parameter_is_the_shortest() {
        let values = [0, 3, 900, 17, 40, 2];
        let length = |parameter: u32| {
            let one = |value: &u32| u64::from(value >> parameter) + 1 + u64::from(parameter);
            values.iter().map(one).sum::<u64>()
        };
        let (best, taken) = best_parameter(&values, 16);
        assert_eq!(taken, length(best));
        assert!((0..16).all(|other| taken <= length(other)));
        assert_eq!(best_parameter(&[], 16), (0, 0));
    }
}
