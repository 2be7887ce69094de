import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The types of version 3 that a program needs to build an argument. See `TypesAnswer` in ../protocol.ts. */
final class RequestTypes {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  /** Its generated types, and nothing of the Java platform. */
  private static final String GENERATED = "com.auth0.client.mgmt.";

  /** A property in a builder. */
  private record Property(Method method, Type takes) {}

  /** What the values so far consist of, by names of classes. */
  private final ObjectNode types = MAPPER.createObjectNode();

  /**
   * @param values query and body of calls, as one value each
   * @return how the method takes them, what it returns, and the types of all values so far; an error if its type has no
   *     such value
   */
  ObjectNode describe(Method method, JsonNode values) {
    ObjectNode answer = MAPPER.createObjectNode();
    answer.put("returns", returned(method.getReturnType()));
    Type[] parameters = method.getGenericParameterTypes();
    for (JsonNode value : values) {
      Type last = parameters[parameters.length - 1];
      if (!collect(last, value)) return answer.put("error", "no value of " + nameOf(last) + " is " + value);
      answer.put("takes", nameOf(last));
    }
    answer.set("types", types);
    return answer;
  }

  private static String returned(Class<?> type) {
    if (type == void.class) return "nothing";
    return Iterable.class.isAssignableFrom(type) && type.getName().startsWith(GENERATED) ? "pages" : "value";
  }

  /** Whether the type has a value with this JSON; if so, the types that it consists of are noted. */
  private boolean collect(Type type, JsonNode value) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      Type item = list.getActualTypeArguments()[0];
      if (!value.isArray()) return false;
      for (JsonNode each : value) if (!collect(item, each)) return false;
      return true;
    }
    if (!(type instanceof Class<?> wanted) || !wanted.getName().startsWith(GENERATED)) return isPlain(type, value);
    Method builder = staticMethod(wanted, "builder");
    if (builder != null) return collectProperties(wanted, builder.getReturnType(), value);
    return staticMethod(wanted, "valueOf", String.class) == null
        ? collectUnion(wanted, value)
        : collectConstant(wanted, value);
  }

  private static boolean isPlain(Type type, JsonNode value) {
    String name = nameOf(type);
    return switch (name) {
      case "String", "java.time.OffsetDateTime" -> value.isTextual();
      case "Boolean", "boolean" -> value.isBoolean();
      case "Integer", "int" -> value.isIntegralNumber();
      case "Double", "double" -> value.isNumber();
      default -> false;
    };
  }

  private boolean collectProperties(Class<?> type, Class<?> first, JsonNode value) {
    if (!value.isObject()) return false;
    Map<String, Property> properties = propertiesOf(type, first);
    for (var field : value.properties()) {
      Property property = properties.get(field.getKey());
      if (property == null || !collect(property.takes(), field.getValue())) return false;
    }
    JsonNode known = types.path(type.getCanonicalName()).path("properties");
    ObjectNode noted = MAPPER.createObjectNode();
    properties.forEach((name, property) -> {
      if (value.has(name) || known.has(name))
        noted.putObject(name).put("method", property.method().getName()).put("takes", nameOf(property.takes()));
    });
    types.putObject(type.getCanonicalName()).set("properties", noted);
    return true;
  }

  /** By their names in JSON: what is required first, in the order of the stages of the builder. */
  private static Map<String, Property> propertiesOf(Class<?> type, Class<?> first) {
    Class<?> builder = Arrays.stream(type.getDeclaredClasses())
        .filter(each -> each.getSimpleName().equals("Builder")).findFirst().orElseThrow();
    Map<String, Property> properties = new LinkedHashMap<>();
    for (Class<?> stage = first; stage != builder && !stage.getSimpleName().equals("_FinalStage"); ) {
      Method next = Arrays.stream(stage.getMethods()).filter(each -> !each.getName().equals("from")).findFirst().orElseThrow();
      note(properties, builder, next);
      stage = next.getReturnType();
    }
    for (Method method : builder.getMethods())
      if (method.getParameterCount() == 1 && isPlainSetter(method)) note(properties, builder, method);
    return properties;
  }

  /** The overload with the value itself, not with an optional one. */
  private static boolean isPlainSetter(Method method) {
    Class<?> takes = method.getParameterTypes()[0];
    return takes != Optional.class && !takes.getName().startsWith(GENERATED + "core.") && !method.isSynthetic()
        && method.getDeclaringClass() != Object.class && !method.getName().equals("from");
  }

  /** One overload of a property has its name in JSON. */
  private static void note(Map<String, Property> properties, Class<?> builder, Method method) {
    Arrays.stream(builder.getMethods())
        .filter(each -> each.getName().equals(method.getName()))
        .map(each -> each.getAnnotation(JsonSetter.class))
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(name -> properties.putIfAbsent(
            name.value(), new Property(method, method.getGenericParameterTypes()[0])));
  }

  /** The SDK's own Jackson may be older than its method for this. */
  private static ObjectNode objectIn(ObjectNode node, String name) {
    return node.get(name) instanceof ObjectNode known ? known : node.putObject(name);
  }

  private boolean collectConstant(Class<?> type, JsonNode value) {
    if (!value.isTextual()) return false;
    for (var field : type.getFields()) {
      if (!Modifier.isStatic(field.getModifiers()) || field.getType() != type) continue;
      try {
        if (!field.get(null).toString().equals(value.asText())) continue;
      } catch (IllegalAccessException error) {
        throw new IllegalStateException("a public field that is not accessible: " + field, error);
      }
      objectIn(objectIn(types, type.getCanonicalName()), "constants").put(value.asText(), field.getName());
      return true;
    }
    return false;
  }

  /** A union has a method `of` for each alternative. */
  private boolean collectUnion(Class<?> type, JsonNode value) {
    for (Method method : type.getMethods()) {
      if (!Modifier.isStatic(method.getModifiers()) || !method.getName().equals("of")) continue;
      Type alternative = method.getGenericParameterTypes()[0];
      ObjectNode before = types.deepCopy();
      if (!collect(alternative, value)) {
        types.removeAll();
        types.setAll(before);
        continue;
      }
      types.putObject(type.getCanonicalName()).put("of", nameOf(alternative));
      return true;
    }
    return false;
  }

  private static Method staticMethod(Class<?> type, String name, Class<?>... parameters) {
    try {
      return type.getMethod(name, parameters);
    } catch (NoSuchMethodException error) {
      return null;
    }
  }

  private static String nameOf(Type type) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class)
      return "List<" + nameOf(list.getActualTypeArguments()[0]) + ">";
    return type.getTypeName().replaceFirst("^java\\.lang\\.", "").replace('$', '.');
  }
}
