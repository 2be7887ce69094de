import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Drives com.auth0:auth0. What differs between its versions is in `SdkVersion` and its classes. See ../protocol.ts.
 */
public final class JavaSdk {
  static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String SERVER_PATH = "/api/v2";
  private static final Pattern PROBE = Pattern.compile("probe:(\\d+)");

  /** A method, with where the request of a probe had its arguments: in the path, the query or the body. */
  record Found(String name, Object owner, Method method, List<Integer> holes, Map<Integer, String> names) {}

  private JavaSdk() {}

  public static void main(String[] args) throws Exception {
    SdkVersion sdk = (SdkVersion) Class.forName("SdkVersion" + args[0]).getDeclaredConstructor().newInstance();
    ArrayNode listed = MAPPER.createArrayNode();
    Map<String, Found> methods = new LinkedHashMap<>();
    Object probed = sdk.client(true);
    for (Map.Entry<String, Object> holder : holders(sdk, probed)) {
      for (Method method : sdk.methodsOf(holder.getValue())) {
        String name = holder.getKey() + "." + method.getName();
        if (methods.containsKey(name)) name += method.getParameterCount();
        Found found = probe(sdk, name, holder.getValue(), method, listed);
        if (found != null) methods.put(name, found);
      }
    }
    System.out.println(MAPPER.writeValueAsString(listed));

    Map<String, Object> owners = new LinkedHashMap<>();
    for (Map.Entry<String, Object> holder : holders(sdk, sdk.client(false)))
      owners.put(holder.getKey(), holder.getValue());
    RequestTypes types = new RequestTypes();
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      JsonNode call = MAPPER.readTree(line);
      String name = call.get("method").asText();
      Found found = methods.get(name);
      System.out.println(MAPPER.writeValueAsString(call.has("values")
          ? types.describe(found.method(), call.get("values"))
          : answer(sdk, found, owners, name, call)));
    }
    System.exit(0); // the HTTP clients keep threads
  }

  /** The client and the objects that it holds, by name. */
  private static List<Map.Entry<String, Object>> holders(SdkVersion sdk, Object client) throws Exception {
    List<Map.Entry<String, Object>> found = new ArrayList<>();
    collectHolders(sdk, client, "", found);
    return found;
  }

  private static void collectHolders(SdkVersion sdk, Object owner, String prefix, List<Map.Entry<String, Object>> found)
      throws Exception {
    Method[] methods = owner.getClass().getMethods();
    Arrays.sort(methods, Comparator.comparing(Method::getName));
    for (Method method : methods) {
      if (method.getParameterCount() > 0 || Modifier.isStatic(method.getModifiers())) continue;
      if (!sdk.isHolder(method.getReturnType())) continue;
      Object holder = method.invoke(owner);
      found.add(Map.entry(prefix + method.getName(), holder));
      collectHolders(sdk, holder, prefix + method.getName() + ".", found);
    }
  }

  /** Calls a method with arguments that can be found again in the request. */
  private static Found probe(SdkVersion sdk, String name, Object owner, Method method, ArrayNode listed) {
    sdk.sent.clear();
    Type[] types = method.getGenericParameterTypes();
    Object[] arguments = new Object[types.length];
    for (int index = 0; index < types.length; index++) arguments[index] = probeOf(sdk, types[index], index);
    try {
      sdk.invoke(owner, method, arguments);
    } catch (Exception error) {
      // What the SDK makes of the response does not matter here.
    }
    if (sdk.sent.isEmpty()) {
      listed.addObject().put("name", name);
      return null;
    }
    Sent request = sdk.sent.get(0);
    URI uri = URI.create(request.url());
    String path = uri.getPath().substring(SERVER_PATH.length());
    List<Integer> holes = new ArrayList<>();
    Matcher matcher = PROBE.matcher(path);
    while (matcher.find()) holes.add(Integer.valueOf(matcher.group(1)));
    Map<Integer, String> names = new LinkedHashMap<>();
    if (uri.getQuery() != null)
      for (String pair : uri.getQuery().split("&")) note(names, pair.split("=", 2)[0], pair);
    if (request.body() != null && request.body().startsWith("{")) noteBody(names, request.body(), types);
    ObjectNode entry = listed.addObject();
    entry.put("name", name).put("verb", request.verb()).put("path", matcher.replaceAll("{}"));
    return new Found(name, owner, method, holes, names);
  }

  private static void note(Map<Integer, String> names, String name, String text) {
    Matcher matcher = PROBE.matcher(text);
    if (matcher.find()) names.put(Integer.valueOf(matcher.group(1)), name);
  }

  /** Lists of objects and truth values cannot hold a number: each is recognized by its type. */
  private static void noteBody(Map<Integer, String> names, String body, Type[] types) {
    try {
      MAPPER.readTree(body).fields().forEachRemaining(field -> {
        String text = field.getValue().toString();
        note(names, field.getKey(), text);
        for (int index = 0; index < types.length; index++) {
          boolean isList = text.startsWith("[") && isList(types[index]);
          boolean isTruth = text.equals("true") && types[index] == Boolean.class;
          if (isList || isTruth) names.putIfAbsent(index, field.getKey());
        }
      });
    } catch (com.fasterxml.jackson.core.JsonProcessingException error) {
      throw new IllegalStateException("a request whose body is not JSON: " + body, error);
    }
  }

  private static Object probeOf(SdkVersion sdk, Type type, int index) {
    String text = "probe:" + index;
    if (type == String.class || isEnumeration(type)) return textOrEnumeration(type, text);
    if (type == String[].class) return new String[] {text};
    if (type == Boolean.class || type == boolean.class) return true;
    try {
      if (isList(type))
        return itemOf(type) == String.class
            ? List.of(text)
            : List.of(sdk.argument(itemOf(type), MAPPER.createObjectNode(), MAPPER.createObjectNode()));
      return sdk.argument(type, MAPPER.createObjectNode(), MAPPER.createObjectNode());
    } catch (IllegalArgumentException error) {
      return null;
    }
  }

  /** Version 3 has open enumerations, which take any text. */
  private static boolean isEnumeration(Type type) {
    if (!(type instanceof Class<?> wanted) || wanted.isPrimitive()) return false;
    List<String> names = Arrays.stream(wanted.getMethods()).map(Method::getName).toList();
    return names.contains("visit") && names.contains("valueOf");
  }

  private static Object textOrEnumeration(Type type, String text) {
    if (!isEnumeration(type)) return text;
    try {
      return ((Class<?>) type).getMethod("valueOf", String.class).invoke(null, text);
    } catch (ReflectiveOperationException error) {
      throw new IllegalArgumentException(type + " does not take " + text, error);
    }
  }

  private static ObjectNode answer(
      SdkVersion sdk, Found found, Map<String, Object> owners, String name, JsonNode call) {
    sdk.sent.clear();
    ObjectNode answer = MAPPER.createObjectNode();
    try {
      Object owner = owners.get(name.substring(0, name.lastIndexOf('.')));
      JsonNode value = sdk.invoke(owner, found.method(), arguments(sdk, found, call));
      if (value != null && !value.isNull()) answer.set("value", value);
    } catch (Exception error) {
      Throwable cause = error instanceof InvocationTargetException wrapped ? wrapped.getCause() : error;
      answer.put("error", cause.toString());
    }
    ArrayNode sent = answer.putArray("sent");
    for (Sent each : sdk.sent) {
      ObjectNode entry = sent.addObject().put("verb", each.verb()).put("url", each.url()).put("status", each.status());
      if (each.body() != null) entry.put("body", each.body());
      if (each.outside() != null) entry.put("outside", each.outside());
    }
    return answer;
  }

  private static Object[] arguments(SdkVersion sdk, Found found, JsonNode call) throws Exception {
    JsonNode body = call.path("body");
    ObjectNode query = (ObjectNode) call.path("query");
    Type[] types = found.method().getGenericParameterTypes();
    Object[] arguments = new Object[types.length];
    for (int index = 0; index < types.length; index++) {
      int hole = found.holes().indexOf(index);
      String name = found.names().get(index);
      if (hole >= 0) arguments[index] = textOrEnumeration(types[index], call.get("path").get(hole).asText());
      else if (name != null) arguments[index] = named(sdk, body, query, name, types[index]);
      else if (types[index] == String.class || isEnumeration(types[index]))
        arguments[index] = textOrEnumeration(types[index], "placeholder");
      else if (isList(types[index])) arguments[index] = converted(sdk, body, types[index]);
      else arguments[index] = sdk.argument(types[index], query, body);
    }
    return arguments;
  }

  /** A property that the body leaves out is null. Without any body, the operation is outside the contract. */
  private static Object named(SdkVersion sdk, JsonNode body, JsonNode query, String name, Type type) throws Exception {
    if (body.isObject() && !body.has(name) && !isList(type)) return null;
    return converted(sdk, body.has(name) ? body.get(name) : query.get(name), type);
  }

  /** What is not given is a placeholder: the SDK refuses null. */
  private static Object converted(SdkVersion sdk, JsonNode value, Type type) throws Exception {
    boolean isGiven = value != null && !value.isMissingNode();
    if (!isList(type) || itemOf(type) == String.class) {
      if (isGiven) return MAPPER.readerFor(MAPPER.constructType(type)).readValue(value);
      return type == String.class ? "placeholder" : isList(type) ? List.of() : null;
    }
    List<Object> items = new ArrayList<>();
    if (isGiven) for (JsonNode item : value) items.add(sdk.argument(itemOf(type), MAPPER.createObjectNode(), item));
    return items;
  }

  private static boolean isList(Type type) {
    return type instanceof ParameterizedType list && list.getRawType() == List.class;
  }

  private static Type itemOf(Type list) {
    return ((ParameterizedType) list).getActualTypeArguments()[0];
  }
}
