//! Numbers as few bits: Elias gamma and Rice codes, most significant bit first.

/// Bits that are being written.
#[derive(Debug, Clone, Default)]
pub(super) struct Bits {
    bytes: Vec<u8>,
    /// How many bits there are.
    length: usize,
}

impl Bits {
    /// How many bits there are.
    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// The bits as bytes, the last one padded with zeros.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// One bit.
    pub(super) fn bit(&mut self, bit: bool) {
        if self.length.is_multiple_of(8) {
            self.bytes.push(0);
        }
        if bit && let Some(last) = self.bytes.last_mut() {
            *last |= 0x80 >> (self.length % 8);
        }
        self.length += 1;
    }

    /// The low `count` bits of a number.
    pub(super) fn number(&mut self, value: u32, count: u32) {
        let mut left = count;
        while left > 0 {
            let used = (self.length % 8) as u32;
            if used == 0 {
                self.bytes.push(0);
            }
            let room = (8 - used).min(left);
            let part = (value >> (left - room)) & ((1u32 << room) - 1);
            if let Some(last) = self.bytes.last_mut() {
                *last |= (part << (8 - used - room)) as u8;
            }
            self.length += room as usize;
            left -= room;
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
        for _ in 0..(value >> parameter) {
            self.bit(true);
        }
        self.bit(false);
        self.number(value, parameter);
    }

    /// Other bits behind these.
    pub(super) fn append(&mut self, other: &Bits) {
        let mut left = other.length;
        for byte in &other.bytes {
            let count = left.min(8) as u32;
            self.number(u32::from(*byte) >> (8 - count), count);
            left -= count as usize;
        }
    }
}

/// How many bits a number takes in Rice code.
fn rice_length(value: u32, parameter: u32) -> u64 {
    u64::from(value >> parameter) + 1 + u64::from(parameter)
}

/// The parameter below `limit` with which the numbers take the fewest bits.
pub(super) fn best_parameter(values: &[u32], limit: u32) -> u32 {
    let sum: u64 = values.iter().map(|value| u64::from(*value)).sum();
    let mean = sum.checked_div(values.len() as u64).unwrap_or(0);
    let middle = (mean + 1).ilog2();
    let candidates = middle.saturating_sub(3)..=(middle + 1).min(limit - 1);
    candidates
        .min_by_key(|parameter| values.iter().map(|value| rice_length(*value, *parameter)).sum::<u64>())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(bits: &Bits) -> String {
        (0..bits.length).map(|at| if bits.bytes[at / 8] & (0x80 >> (at % 8)) == 0 { '0' } else { '1' }).collect()
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
    fn the_best_parameter_is_the_shortest() {
        let values = [0, 3, 900, 17, 40, 2];
        let length = |parameter| values.iter().map(|value| rice_length(*value, parameter)).sum::<u64>();
        let best = best_parameter(&values, 16);
        assert!((0..16).all(|other| length(best) <= length(other)));
    }
}
