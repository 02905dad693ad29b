/* Bytes: out of the scripts of the index, and numbers out of bits. The format
   is told in src/search/mod.rs. What is damaged throws; callers catch it once. */
(function (global) {
  "use strict";
  const search = global.jiangtaiSearch = global.jiangtaiSearch || {};
  const BASE = 0x3000;

  /* The bytes that a script carries; null when it is damaged. */
  search.unpack = text => {
    const unit = at => text.charCodeAt(at) - BASE;
    const length = unit(0) * 32768 + unit(1);
    if (!(length >= 0) || text.length !== 3 + Math.ceil(length * 8 / 15)) return null;
    const bytes = new Uint8Array(length);
    let held = 0, count = 0, sum = 0;
    for (let at = 3, to = 0; at < text.length; at++) {
      const value = unit(at);
      if (value < 0 || value > 32767) return null;
      held = held << 15 | value;
      for (count += 15; count >= 8 && to < length; count -= 8) {
        const byte = held >> count - 8 & 255;
        sum = (sum * 31 + byte) % 32749;
        bytes[to++] = byte;
      }
      held &= (1 << count) - 1;
    }
    return sum === unit(2) ? bytes : null;
  };

  /* Numbers out of bits, most significant bit first. */
  class Bits {
    constructor(bytes, at) {
      this.bytes = bytes;
      this.at = at || 0;
    }
    bit() {
      const byte = this.bytes[this.at >> 3];
      if (byte === undefined) throw new RangeError("the end");
      return byte >> 7 - (this.at++ & 7) & 1;
    }
    number(count) {
      let value = 0;
      while (count > 0) {
        const byte = this.bytes[this.at >> 3];
        if (byte === undefined) throw new RangeError("the end");
        const room = 8 - (this.at & 7), used = room < count ? room : count;
        value = value * (1 << used) + (byte >> room - used & (1 << used) - 1);
        this.at += used;
        count -= used;
      }
      return value;
    }
    pass(count) { this.at += count; }
    gamma() {
      let width = 0;
      while (!this.bit()) width++;
      return width ? Math.pow(2, width) + this.number(width) : 1;
    }
    rice(parameter) {
      let high = 0;
      while (this.bit()) high++;
      return high * Math.pow(2, parameter) + this.number(parameter);
    }
  }
  search.Bits = Bits;
})(this);
