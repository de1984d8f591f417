//! Numbers for tests that make their input up.

/// Numbers that look random and are the same in every run (splitmix64), behind those that a fuzzer chose.
pub struct Random {
    chosen: std::vec::IntoIter<u8>,
    state: u64,
}

#[allow(dead_code, reason = "no test needs all of it")]
impl Random {
    /// The numbers of a seed.
    pub fn new(seed: u64) -> Self {
        Self { chosen: Vec::new().into_iter(), state: seed }
    }

    /// Numbers that these bytes choose, as long as there are some.
    pub fn chosen(bytes: Vec<u8>) -> Self {
        Self { chosen: bytes.into_iter(), state: 0 }
    }

    /// A number below `end`.
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

    /// Once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of several.
    pub fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// So many of something, fewer being more likely than many.
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
