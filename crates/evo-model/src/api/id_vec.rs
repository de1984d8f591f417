//! Lists that are indexed by typed ids.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut};
use std::{slice, vec};

/// A list that is indexed by ids of type `I`. An id without an element is a bug and panics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdVec<I, T> {
    elements: Vec<T>,
    id: PhantomData<fn(usize) -> I>,
}

impl<I: From<usize>, T> IdVec<I, T> {
    /// Returns the number of elements.
    #[must_use]
    pub fn len(&self) -> usize {
        self.elements.len()
    }

    /// Whether the list is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }

    /// Returns the id that the next element will get.
    #[must_use]
    pub fn next_id(&self) -> I {
        self.len().into()
    }

    /// Adds an element, and returns its id.
    pub fn push(&mut self, element: T) -> I {
        let id = self.next_id();
        self.elements.push(element);
        id
    }

    /// Returns all ids, in order.
    pub fn ids(&self) -> impl Iterator<Item = I> + use<I, T> {
        (0..self.len()).map(I::from)
    }

    /// Returns all elements, in the order of their ids.
    pub fn iter(&self) -> slice::Iter<'_, T> {
        self.elements.iter()
    }

    /// Returns all elements, mutably.
    pub fn iter_mut(&mut self) -> slice::IterMut<'_, T> {
        self.elements.iter_mut()
    }

    /// Returns all elements with their ids.
    pub fn enumerate(&self) -> impl Iterator<Item = (I, &T)> + Clone {
        self.iter().enumerate().map(|(place, element)| (place.into(), element))
    }

    /// Returns all elements with their ids, mutably.
    pub fn enumerate_mut(&mut self) -> impl Iterator<Item = (I, &mut T)> {
        self.iter_mut().enumerate().map(|(place, element)| (place.into(), element))
    }

    /// Returns the elements without their ids.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        &self.elements
    }

    /// Creates a list with the results of `of` for each element, under the same ids.
    pub fn map<U>(&self, of: impl FnMut(&T) -> U) -> IdVec<I, U> {
        self.iter().map(of).collect()
    }
}

impl<I: Into<usize>, T> IdVec<I, T> {
    /// Returns the element with an id from a longer list; `None` if this list has no such element.
    pub fn find(&self, id: I) -> Option<&T> {
        self.elements.get(id.into())
    }
}

impl<I, T> Default for IdVec<I, T> {
    fn default() -> Self {
        Self { elements: Vec::new(), id: PhantomData }
    }
}

impl<I, T> FromIterator<T> for IdVec<I, T> {
    fn from_iter<E: IntoIterator<Item = T>>(elements: E) -> Self {
        Self { elements: elements.into_iter().collect(), id: PhantomData }
    }
}

impl<I: Into<usize>, T> Index<I> for IdVec<I, T> {
    type Output = T;

    #[expect(clippy::indexing_slicing, reason = "ids are given out for elements alone")]
    fn index(&self, id: I) -> &T {
        &self.elements[id.into()]
    }
}

impl<I: Into<usize>, T> IndexMut<I> for IdVec<I, T> {
    #[expect(clippy::indexing_slicing, reason = "ids are given out for elements alone")]
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.elements[id.into()]
    }
}

impl<I, T> IntoIterator for IdVec<I, T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.elements.into_iter()
    }
}

impl<'a, I, T> IntoIterator for &'a IdVec<I, T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.elements.iter()
    }
}

impl<'a, I, T> IntoIterator for &'a mut IdVec<I, T> {
    type Item = &'a mut T;
    type IntoIter = slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.elements.iter_mut()
    }
}
