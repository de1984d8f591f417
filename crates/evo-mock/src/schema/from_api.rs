//! Builds the schema from the generator's model: closes generic types, and maps Rust types back to .NET types.

use std::collections::BTreeMap;

use evo_model::api::{self, Answer, Api, ItemId, ItemKind, Ty};

use super::{
    Access, AutoQuery, AutoQueryKind, Enum, EnumMember, Member, Operation, Record, Response, Route, Schema, Shape,
    Type, TypeId, Variants,
};

/// The maximum number of closed generic types. No real service reaches it.
const MAX_TYPES: usize = 200_000;

/// Builds the schema of a service.
pub(crate) fn schema_of(api: &Api) -> Schema {
    let mut builder = Builder { api, types: Vec::new(), known: BTreeMap::new() };
    let mut operations = Vec::new();
    for (index, item) in api.items.enumerate() {
        let Some(operation) = item.operation() else { continue };
        operations.push(builder.operation(index, item, operation));
    }
    operations.sort_by(|a, b| a.name.cmp(&b.name));
    let name = api.service.name.clone();
    let contracts = api.items.as_slice().iter().filter(|item| item.is_data_contract);
    let data_contracts = contracts.map(|item| item.dotnet.clone()).collect();
    let mut schema = Schema { name, operations, types: builder.types, data_contracts, ..Schema::default() };
    schema.index();
    schema
}

struct Builder<'a> {
    api: &'a Api,
    types: Vec<Type>,
    /// The types that already have an index, by item and arguments.
    known: BTreeMap<(ItemId, Vec<Ty>), TypeId>,
}

/// The type arguments in scope, by parameter name.
type Arguments = BTreeMap<String, Ty>;

impl Builder<'_> {
    fn operation(&mut self, index: ItemId, item: &api::Item, operation: &api::Operation) -> Operation {
        let none = Arguments::new();
        let response = match &operation.answer {
            Answer::Nothing => Response::Nothing,
            Answer::Json(ty) => Response::Json(self.shape(ty, &none)),
            Answer::Text => Response::Text,
            Answer::Bytes => Response::Bytes,
            Answer::Download => Response::Stream,
        };
        let routes = operation.declared.iter().map(|route| Route::parse(&route.path, route.verbs.clone()));
        Operation {
            name: operation.name.clone(),
            verb: operation.verb.name().to_owned(),
            actions: operation.actions.clone(),
            routes: routes.collect(),
            request: self.shape(&Ty::Item(index, Vec::new()), &none),
            response,
            access: access(item, operation),
            takes_raw_body: operation.takes_raw_body,
            auto_query: self.auto_query(operation),
            rust: super::rust::call(item),
            tags: operation.tags.clone(),
            docs: item.docs.clone(),
        }
    }

    fn auto_query(&mut self, operation: &api::Operation) -> Option<AutoQuery> {
        let items = self.api.items.enumerate();
        let (kind, rows): (_, Vec<ItemId>) = match &operation.table {
            Some(change) => {
                let rows = items.filter(|(_, item)| item.simple_name == change.table && item.parameters().is_empty());
                (AutoQueryKind::Change(change.kind), rows.map(|(id, _)| id).collect())
            }
            None if operation.rows.is_empty() => return None,
            None => (AutoQueryKind::Query { in_database: operation.queries_database }, operation.rows.clone()),
        };
        Some(AutoQuery { kind, rows: rows.into_iter().filter_map(|row| self.id_of(row)).collect() })
    }

    fn shape(&mut self, ty: &Ty, arguments: &Arguments) -> Shape {
        let integer = |min: i128, max: i128| Shape::Integer { min, max };
        match ty {
            Ty::Std(name) => match *name {
                "bool" => Shape::Bool,
                "char" => Shape::Char,
                "i8" => integer(i8::MIN.into(), i8::MAX.into()),
                "u8" => integer(0, u8::MAX.into()),
                "i16" => integer(i16::MIN.into(), i16::MAX.into()),
                "u16" => integer(0, u16::MAX.into()),
                "i32" => integer(i32::MIN.into(), i32::MAX.into()),
                "u32" => integer(0, u32::MAX.into()),
                "i64" => integer(i64::MIN.into(), i64::MAX.into()),
                "u64" => integer(0, u64::MAX.into()),
                "f32" | "f64" => Shape::Float,
                _ => Shape::Text,
            },
            Ty::Runtime(name, args) => self.runtime_shape(name, args, arguments),
            Ty::Item(item, args) => self.defined(*item, args.iter().map(|arg| close(arg, arguments)).collect()),
            // Arguments have no unbound parameters.
            Ty::Parameter(name) => arguments.get(name).map_or(Shape::Any, |ty| self.shape(ty, &Arguments::new())),
            Ty::Option(inner) => Shape::Nullable(Box::new(self.shape(inner, arguments))),
            Ty::List(inner) => Shape::List(Box::new(self.shape(inner, arguments))),
            Ty::Map(key, value) => {
                Shape::Map(Box::new(self.shape(key, arguments)), Box::new(self.shape(value, arguments)))
            }
            Ty::Boxed(inner) => self.shape(inner, arguments),
            Ty::Foreign(_) => Shape::Any,
        }
    }

    /// Maps a runtime type to its .NET type.
    fn runtime_shape(&mut self, name: &str, args: &[Ty], arguments: &Arguments) -> Shape {
        match name {
            "Decimal" | "DecimalText" => Shape::Decimal,
            "DateTime" => Shape::DateTime,
            "DateTimeOffset" => Shape::DateTimeOffset,
            "Date" => Shape::Date,
            "Time" => Shape::Time,
            "TimeSpan" => Shape::Span,
            "Uuid" => Shape::Guid,
            "Bytes" => Shape::Bytes,
            "DayOfWeek" => {
                self.own_enum(&["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"])
            }
            "HttpStatusCode" => Shape::Text,
            "TextOrObject" => {
                Shape::Struct(Box::new(args.first().map_or(Shape::Any, |inner| self.shape(inner, arguments))))
            }
            "KeyValuePair" => self.pair(&["Key", "Value"], args, arguments),
            "ValueTuple" => match args {
                [Ty::Runtime(_, items)] => Shape::Tuple(Box::new(self.tuple(items, arguments))),
                _ => Shape::Any,
            },
            _ if name.starts_with("Tuple") => self.tuple(args, arguments),
            "dto::QueryResponse" => self.query_response(args, arguments),
            "dto::ResponseStatus" => self.response_status(),
            _ => Shape::Any,
        }
    }

    fn tuple(&mut self, items: &[Ty], arguments: &Arguments) -> Shape {
        let names = ["Item1", "Item2", "Item3", "Item4", "Item5", "Item6", "Item7"];
        self.pair(&names, items, arguments)
    }

    fn pair(&mut self, names: &[&str], items: &[Ty], arguments: &Arguments) -> Shape {
        let members: Vec<_> = names.iter().zip(items).map(|(name, ty)| (*name, self.shape(ty, arguments))).collect();
        self.own(&members, "")
    }

    fn query_response(&mut self, args: &[Ty], arguments: &Arguments) -> Shape {
        let row = args.first().map_or(Shape::Any, |row| self.shape(row, arguments));
        let integer = Shape::Integer { min: i32::MIN.into(), max: i32::MAX.into() };
        let texts = Shape::Map(Box::new(Shape::Text), Box::new(Shape::Text));
        let members = [
            ("Offset", integer.clone()),
            ("Total", integer),
            ("Results", Shape::List(Box::new(row))),
            ("Meta", texts),
            ("ResponseStatus", self.response_status()),
        ];
        self.own(&members, "QueryResponse")
    }

    fn response_status(&mut self) -> Shape {
        self.own(&[("ErrorCode", Shape::Text), ("Message", Shape::Text)], "ResponseStatus")
    }

    /// Adds a .NET enum whose values start at 0.
    fn own_enum(&mut self, names: &[&str]) -> Shape {
        let member =
            |(value, name): (i128, &&str)| EnumMember { name: (*name).to_owned(), wire_name: None, value: Some(value) };
        let members = (0..).zip(names).map(member).collect();
        Shape::Defined(self.add(Type::Enum(Enum { name: String::new(), is_number: false, members })))
    }

    /// Adds a class of ServiceStack or .NET.
    fn own(&mut self, members: &[(&str, Shape)], name: &str) -> Shape {
        let members = members.iter().map(|(name, shape)| Member {
            name: (*name).to_owned(),
            wire_name: None,
            is_value: matches!(shape, Shape::Integer { .. } | Shape::Bool | Shape::Float | Shape::Decimal),
            shape: shape.clone(),
            is_required: false,
            rules: Vec::new(),
            docs: Vec::new(),
            allowed: Vec::new(),
        });
        let record = Record { name: name.to_owned(), members: members.collect() };
        Shape::Defined(self.add(Type::Record(record)))
    }

    fn add(&mut self, ty: Type) -> TypeId {
        self.types.push(ty);
        TypeId(self.types.len() - 1)
    }

    /// Returns the type of an item with closed arguments, which is built on first use.
    fn defined(&mut self, item: ItemId, args: Vec<Ty>) -> Shape {
        let key = (item, args);
        if let Some(id) = self.known.get(&key) {
            return Shape::Defined(*id);
        }
        if self.types.len() >= MAX_TYPES {
            return Shape::Any;
        }
        let id = self.add(Type::Opaque);
        self.known.insert(key.clone(), id);
        let defined = self.item(&self.api.items[item], &key.1);
        if let Some(place) = self.types.get_mut(id.0) {
            *place = defined;
        }
        Shape::Defined(id)
    }

    fn item(&mut self, item: &api::Item, args: &[Ty]) -> Type {
        match &item.kind {
            ItemKind::Record(record) => {
                let arguments: Arguments = record.parameters.iter().cloned().zip(args.iter().cloned()).collect();
                let mut members: Vec<Member> = Vec::new();
                for member in &record.members {
                    // A hidden member of a base class has the same name; the derived one precedes it.
                    if members.iter().any(|own| own.name == member.dotnet_name) {
                        continue;
                    }
                    let shape = self.shape(&member.ty, &arguments);
                    members.push(Member {
                        name: member.dotnet_name.clone(),
                        wire_name: member.wire_name.clone(),
                        shape,
                        is_value: member.is_value,
                        is_required: member.required,
                        rules: member.rules.clone(),
                        docs: member.docs.clone(),
                        allowed: member.hints.allowed.clone(),
                    });
                }
                Type::Record(Record { name: item.simple_name.clone(), members })
            }
            ItemKind::Enum(own) => Type::Enum(own_enum(&item.dotnet, &own.members, own.is_number)),
            ItemKind::Flags(flags) => Type::Enum(own_enum(&item.dotnet, &flags.flags, true)),
            ItemKind::Collection(collection) => Type::Alias(self.shape(&collection.inner, &Arguments::new())),
            ItemKind::Variants(variants) => {
                let base = self.id_of(variants.base.item);
                let is_abstract = variants.base.untyped.is_none();
                let known = variants.variants.iter().enumerate();
                let derived = known.filter(|(index, _)| variants.base.untyped != Some(*index));
                let derived =
                    derived.filter_map(|(_, variant)| Some((variant.dotnet.clone(), self.id_of(variant.item)?)));
                Type::Variants(Variants { base, is_abstract, derived: derived.collect() })
            }
        }
    }

    fn id_of(&mut self, item: ItemId) -> Option<TypeId> {
        match self.defined(item, Vec::new()) {
            Shape::Defined(id) => Some(id),
            _ => None,
        }
    }
}

fn access(item: &api::Item, operation: &api::Operation) -> Access {
    let mut access = Access { by_validator: operation.validates_access, ..Access::default() };
    // The descriptions of these operations do not declare the role.
    if matches!(item.dotnet.as_str(), "ServiceStack.AssignRoles" | "ServiceStack.UnAssignRoles") {
        access.roles.push("Admin".to_owned());
    }
    for required in &operation.access {
        match required {
            api::Access::SignedIn => access.user = true,
            api::Access::AllRoles(roles) => access.roles.extend_from_slice(roles),
            api::Access::AnyRole(roles) => access.any_role.extend_from_slice(roles),
            api::Access::AllPermissions(permissions) => access.permissions.extend_from_slice(permissions),
            api::Access::AnyPermission(permissions) => access.any_permission.extend_from_slice(permissions),
            api::Access::ApiKey => access.api_key = true,
        }
    }
    access
}

fn own_enum(dotnet: &str, members: &[api::EnumMember], is_number: bool) -> Enum {
    let members = members.iter().map(|member| EnumMember {
        name: member.dotnet_name.clone(),
        wire_name: member.wire_name.clone(),
        value: member.value,
    });
    let name = dotnet.rsplit(['.', '+']).next().unwrap_or(dotnet).to_owned();
    Enum { name, is_number, members: members.collect() }
}

/// Replaces type parameters with their arguments.
fn close(ty: &Ty, arguments: &Arguments) -> Ty {
    let mut ty = ty.clone();
    ty.each_mut(&mut |inner| {
        if let Ty::Parameter(name) = inner
            && let Some(argument) = arguments.get(name)
        {
            *inner = argument.clone();
        }
    });
    ty
}
