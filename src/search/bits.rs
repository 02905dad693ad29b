//! Numbers as few bits: Elias gamma and Rice codes, most significant bit first.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

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

/// Bits that are written, to be kept and read again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Packed(Vec<u8>);

impl From<Bits> for Packed {
    fn from(bits: Bits) -> Self {
        Packed(bits.into_bytes())
    }
}

impl Serialize for Packed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&[u8]>::deserialize(deserializer).map(|bytes| Packed(bytes.to_vec()))
    }
}

/// Reads what [`Bits`] wrote. Behind the end stand zeros.
#[derive(Debug, Clone)]
pub(super) struct Reader<'b> {
    bytes: &'b [u8],
    /// The place of the next bit.
    at: usize,
}

impl<'b> Reader<'b> {
    pub(super) fn new(Packed(bytes): &'b Packed) -> Self {
        Reader { bytes, at: 0 }
    }

    /// The next bits, at least 57 of them, from the highest on.
    fn window(&self) -> u64 {
        let rest = self.bytes.get(self.at / 8..).unwrap_or_default();
        let word = rest.first_chunk::<8>().copied().unwrap_or_else(|| {
            let mut word = [0; 8];
            word[..rest.len()].copy_from_slice(rest);
            word
        });
        u64::from_be_bytes(word) << (self.at % 8)
    }

    /// A number of so many bits, at most 32.
    pub(super) fn number(&mut self, count: u32) -> u32 {
        let value = self.window().checked_shr(64 - count).unwrap_or(0);
        self.at += count as usize;
        value as u32
    }

    /// A bit.
    pub(super) fn bit(&mut self) -> bool {
        self.number(1) == 1
    }

    /// A number in Elias gamma code.
    pub(super) fn gamma(&mut self) -> u32 {
        let width = self.window().leading_zeros().min(31);
        self.at += width as usize;
        self.number(width + 1)
    }

    /// A number in Rice code.
    pub(super) fn rice(&mut self, parameter: u32) -> u32 {
        let mut high = 0u32;
        loop {
            let ones = self.window().leading_ones().min(32);
            self.at += ones as usize;
            high = high.wrapping_add(ones);
            if ones < 32 {
                break;
            }
        }
        self.at += 1;
        high.wrapping_shl(parameter) | self.number(parameter)
    }

    /// The next so many bits, to be read by themselves, and goes on behind them.
    pub(super) fn part(&mut self, count: usize) -> Reader<'b> {
        let part = self.clone();
        self.at += count;
        part
    }

    /// Writes the next so many bits behind others.
    pub(super) fn copy(&mut self, mut count: usize, bits: &mut Bits) {
        while count > 0 {
            let some = count.min(32) as u32;
            bits.number(self.number(some), some);
            count -= some as usize;
        }
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
    fn what_was_written_is_read() {
        let mut bits = Bits::default();
        let numbers = [(1, 0), (70, 0), (31, 0), (64, 1), (u32::MAX, 31), (12_345, 7), (0, 15)];
        for (value, parameter) in numbers {
            bits.rice(value, parameter);
            bits.gamma(value);
            bits.number(value, 32);
        }
        let length = bits.len();
        let packed = Packed::from(bits.clone());
        let kept: Packed = postcard::from_bytes(&postcard::to_stdvec(&packed).unwrap()).unwrap();
        assert_eq!(kept, packed);
        let mut reader = Reader::new(&kept);
        let mut copy = Bits::default();
        reader.part(length).copy(length, &mut copy);
        assert_eq!((shown(&copy), reader.at), (shown(&bits), length));
        let mut reader = Reader::new(&kept);
        for (value, parameter) in numbers {
            assert_eq!((reader.rice(parameter), reader.gamma(), reader.number(32)), (value, value.max(1), value));
        }
        assert_eq!((reader.gamma(), reader.rice(3)), (0, 0), "behind the end");
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
