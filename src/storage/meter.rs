//! The memory that a file takes while it is read, counted as it is taken.
//!
//! A few bytes of a file can stand for many in memory: `"a",` takes twenty times as much. A [`Meter`] stands between
//! the text and the types that are made of it, counts what they take, and stops the reading where that is more than
//! a file of this size can be worth. Knows no type and no format; what it counts is estimated from above.

use std::cell::Cell;
use std::fmt;
use std::mem::size_of;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};

/// What the reading of any file may take, however small the file is: 4 MiB.
const BASE: usize = 4 << 20;

/// How the words begin where a reading was stopped.
const TOO_MUCH: &str = "up to here there are so many small things";

/// Whether a reading failed since it was stopped: a reader's error carries nothing but words.
pub(super) fn was_stopped(error: &ron::Error) -> bool {
    matches!(error, ron::Error::Message(what) if what.starts_with(TOO_MUCH))
}

/// Reads a JSON text that somebody else may have written.
///
/// # Errors
/// Where it is no JSON, no such value, or takes more memory than a text of its size is worth.
pub(super) fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> serde_json::Result<T> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = T::deserialize(Meter::of_json(bytes.len()).over(&mut reader))?;
    reader.end()?;
    Ok(value)
}

/// What may still be taken.
#[derive(Debug)]
pub(super) struct Meter {
    left: Cell<usize>,
    most: usize,
}

impl Meter {
    /// For a RON text of so many bytes, as people read it: each thing has its line.
    pub(super) fn of_ron(len: usize) -> Self {
        Self::new(len, 4)
    }

    /// For a JSON text of so many bytes, as journals have it: nothing stands between the things.
    pub(super) fn of_json(len: usize) -> Self {
        Self::new(len, 8)
    }

    fn new(len: usize, times: usize) -> Self {
        let most = len.saturating_mul(times).saturating_add(BASE);
        Self { left: Cell::new(most), most }
    }

    /// Reads through this meter.
    pub(super) const fn over<D>(&self, deserializer: D) -> Metered<'_, D> {
        self.of(deserializer, Room::Own)
    }

    const fn of<X>(&self, inner: X, room: Room) -> Metered<'_, X> {
        Metered { inner, meter: self, room }
    }

    fn take<E: Error>(&self, bytes: usize) -> Result<(), E> {
        match self.left.get().checked_sub(bytes) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => Err(E::custom(format_args!(
                "{TOO_MUCH} that they take more than {} MiB of memory, and no file of this size needs that",
                self.most >> 20
            ))),
        }
    }

    /// A text on the heap, in the pieces that memory is handed out in.
    fn take_text<E: Error>(&self, len: usize) -> Result<(), E> {
        self.take(len.saturating_add(8).next_multiple_of(16).max(32))
    }

    /// One more element of a list, with what the list keeps ready for more: it grows by doubling.
    fn take_element<E: Error>(&self, size: usize, is_first: bool) -> Result<(), E> {
        // The first makes room for four, unless they are huge.
        self.take(size.saturating_mul(if is_first && size <= 1024 { 4 } else { 2 }))
    }
}

/// Where the parts of a value go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    /// Within the value itself, which was counted already.
    Within,
    /// A place of their own.
    Own,
}

/// Something of serde's, through a meter.
#[derive(Debug)]
pub(super) struct Metered<'m, X> {
    inner: X,
    meter: &'m Meter,
    room: Room,
}

macro_rules! forward {
    ($room:ident: $($method:ident($($arg:ident: $type:ty),*)),+ $(,)?) => {$(
        fn $method<V: Visitor<'de>>(self, $($arg: $type,)* visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$method($($arg,)* self.meter.of(visitor, Room::$room))
        }
    )+};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Metered<'_, D> {
    type Error = D::Error;

    forward! { Own:
        deserialize_any(), deserialize_seq(), deserialize_map(),
    }

    forward! { Within:
        deserialize_bool(), deserialize_u8(), deserialize_u16(), deserialize_u32(), deserialize_u64(),
        deserialize_u128(), deserialize_i8(), deserialize_i16(), deserialize_i32(), deserialize_i64(),
        deserialize_i128(), deserialize_f32(), deserialize_f64(), deserialize_char(), deserialize_str(),
        deserialize_string(), deserialize_bytes(), deserialize_byte_buf(), deserialize_option(),
        deserialize_unit(), deserialize_unit_struct(name: &'static str),
        deserialize_newtype_struct(name: &'static str), deserialize_tuple(len: usize),
        deserialize_tuple_struct(name: &'static str, len: usize),
        deserialize_struct(name: &'static str, fields: &'static [&'static str]),
        deserialize_enum(name: &'static str, variants: &'static [&'static str]),
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_identifier(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_ignored_any(visitor)
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

macro_rules! plain {
    ($($method:ident($type:ty)),+ $(,)?) => {$(
        fn $method<E: Error>(self, value: $type) -> Result<V::Value, E> {
            self.inner.$method(value)
        }
    )+};
}

macro_rules! text {
    ($($method:ident($type:ty)),+ $(,)?) => {$(
        fn $method<E: Error>(self, value: $type) -> Result<V::Value, E> {
            self.meter.take_text(value.len())?;
            self.inner.$method(value)
        }
    )+};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Metered<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    plain! {
        visit_bool(bool), visit_i8(i8), visit_i16(i16), visit_i32(i32), visit_i64(i64), visit_i128(i128),
        visit_u8(u8), visit_u16(u16), visit_u32(u32), visit_u64(u64), visit_u128(u128), visit_f32(f32),
        visit_f64(f64), visit_char(char),
    }

    text! {
        visit_str(&str), visit_borrowed_str(&'de str), visit_string(String), visit_bytes(&[u8]),
        visit_borrowed_bytes(&'de [u8]), visit_byte_buf(Vec<u8>),
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.inner.visit_some(self.meter.over(deserializer))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.inner.visit_newtype_struct(self.meter.over(deserializer))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<V::Value, A::Error> {
        self.inner.visit_seq(Parts { inner: seq, meter: self.meter, room: self.room, is_first: true })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(Parts { inner: map, meter: self.meter, room: self.room, is_first: true })
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<V::Value, A::Error> {
        self.inner.visit_enum(self.meter.of(access, Room::Within))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Metered<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.inner.deserialize(self.meter.over(deserializer))
    }
}

/// The elements of a list, or the entries of a map or a struct.
struct Parts<'m, A> {
    inner: A,
    meter: &'m Meter,
    room: Room,
    is_first: bool,
}

impl<A> Parts<'_, A> {
    fn take<T, E: Error>(&mut self) -> Result<(), E> {
        let is_first = std::mem::take(&mut self.is_first);
        match self.room {
            Room::Within => Ok(()),
            Room::Own => self.meter.take_element(size_of::<T>(), is_first),
        }
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Parts<'_, A> {
    type Error = A::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, A::Error> {
        let element = self.inner.next_element_seed(self.meter.of(seed, Room::Own))?;
        if element.is_some() {
            self.take::<T::Value, A::Error>()?;
        }
        Ok(element)
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Parts<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let key = self.inner.next_key_seed(self.meter.of(seed, Room::Own))?;
        if key.is_some() {
            self.take::<K::Value, A::Error>()?;
        }
        Ok(key)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, A::Error> {
        let value = self.inner.next_value_seed(self.meter.of(seed, Room::Own))?;
        self.take::<T::Value, A::Error>()?;
        Ok(value)
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, 'm, A: EnumAccess<'de>> EnumAccess<'de> for Metered<'m, A> {
    type Error = A::Error;
    type Variant = Metered<'m, A::Variant>;

    fn variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<(T::Value, Self::Variant), Self::Error> {
        let (value, variant) = self.inner.variant_seed(seed)?;
        Ok((value, self.meter.of(variant, Room::Within)))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Metered<'_, A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.inner.unit_variant()
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, A::Error> {
        self.inner.newtype_variant_seed(self.meter.of(seed, Room::Within))
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, A::Error> {
        self.inner.tuple_variant(len, self.meter.of(visitor, Room::Within))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.inner.struct_variant(fields, self.meter.of(visitor, Room::Within))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What reading this takes of a meter.
    fn taken<T: DeserializeOwned>(json: &str) -> usize {
        let meter = Meter::of_json(json.len());
        T::deserialize(meter.over(&mut serde_json::Deserializer::from_str(json))).map(drop).unwrap();
        meter.most - meter.left.get()
    }

    #[derive(serde::Deserialize)]
    #[expect(dead_code, reason = "only its size counts")]
    struct Pair {
        one: u64,
        two: Option<String>,
    }

    #[test]
    fn lists_and_texts_are_counted_and_what_stands_within_a_value_is_not_counted_again() {
        let pair = size_of::<Pair>();
        assert_eq!(taken::<u64>("7"), 0);
        assert_eq!(taken::<String>("\"seven\""), 32);
        assert_eq!(taken::<String>(&format!("\"{}\"", "x".repeat(100))), 112);
        assert_eq!(taken::<(u64, u64)>("[1,2]"), 0);
        assert_eq!(taken::<Pair>(r#"{"one":1,"two":"x"}"#), 32);
        assert_eq!(taken::<Vec<Pair>>(r#"[{"one":1,"two":null}]"#), 4 * pair);
        assert_eq!(taken::<Vec<Pair>>(r#"[{"one":1},{"one":2,"two":"x"}]"#), 6 * pair + 32);
        assert_eq!(taken::<Vec<Vec<u8>>>("[[],[1,2]]"), 6 * 24 + 6);
    }

    #[test]
    fn it_stops_where_a_text_takes_more_than_it_is_worth() {
        let many = |element: &str, count| format!("[{}]", vec![element; count].join(","));
        let read = |json: &str| from_json::<Vec<String>>(json.as_bytes());
        assert_eq!(read(&many("\"a\"", 10_000)).unwrap().len(), 10_000, "a small file may do so");
        assert_eq!(read(&many(&format!("\"{}\"", "a".repeat(40)), 500_000)).unwrap().len(), 500_000);
        let forged = many("\"a\"", 1_000_000);
        let error = read(&forged).unwrap_err();
        assert!(error.to_string().contains("so many small things"), "{error}");
        assert!(error.line() == 1 && error.column() < forged.len() / 2, "it stops at the first: {error}");
    }
}
