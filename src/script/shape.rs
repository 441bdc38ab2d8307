//! The shapes of a step in a file: flat, its head stamped into every kind.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::model::Step;

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, _serializer: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("not yet"))
    }
}

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(_deserializer: D) -> Result<Self, D::Error> {
        Err(serde::de::Error::custom("not yet"))
    }
}
