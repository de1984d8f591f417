//! Random numbers for generated test input.

/// Pseudo-random numbers (splitmix64), after bytes that a fuzzer chose.
pub struct Random {
    chosen: std::vec::IntoIter<u8>,
    state: u64,
}

#[allow(dead_code, reason = "not used in every test")]
impl Random {
    /// Creates a generator from a seed.
    pub fn new(seed: u64) -> Self {
        Self { chosen: Vec::new().into_iter(), state: seed }
    }

    /// Creates a generator that uses these bytes first.
    pub fn chosen(bytes: Vec<u8>) -> Self {
        Self { chosen: bytes.into_iter(), state: 0 }
    }

    /// Returns a number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        if let Some(byte) = self.chosen.next() {
            return usize::from(byte) % end.max(1);
        }
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    /// Returns `true` with a probability of 1 / `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// Returns one of several values.
    pub fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// Returns up to `most` values; small numbers are more likely.
    pub fn some<T>(&mut self, most: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = self.below(most + 1).min(self.below(most + 1));
        (0..count).map(|_| make(self)).collect()
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for index in (1..items.len()).rev() {
            items.swap(index, self.below(index + 1));
        }
    }
}
