import com.auth0.client.auth.AuthAPI;
import com.auth0.client.mgmt.ManagementAPI;
import com.auth0.net.Request;
import com.auth0.net.client.Auth0HttpClient;
import com.auth0.net.client.Auth0HttpRequest;
import com.auth0.net.client.Auth0HttpResponse;
import com.auth0.net.client.DefaultHttpClient;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Version 2: entities written by hand, whose methods take strings, lists, filters and objects of the API. */
final class SdkVersionTwo extends SdkVersion {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  @Override
  Object client(boolean probing) throws Exception {
    Auth0HttpClient http = DefaultHttpClient.newBuilder().withMaxRetries(0).build();
    String domain = variable("AUTH0_DOMAIN");
    String token = "probe";
    if (!probing) {
      AuthAPI auth = AuthAPI.newBuilder(domain, variable("AUTH0_CLIENT_ID"), variable("AUTH0_CLIENT_SECRET")).build();
      token = auth.requestToken(variable("AUTH0_AUDIENCE")).execute().getBody().getAccessToken();
    }
    return ManagementAPI.newBuilder(domain, token).withHttpClient(new NotingClient(http, probing)).build();
  }

  private final class NotingClient implements Auth0HttpClient {
    private final Auth0HttpClient http;
    private final boolean probing;

    NotingClient(Auth0HttpClient http, boolean probing) {
      this.http = http;
      this.probing = probing;
    }

    @Override
    public Auth0HttpResponse sendRequest(Auth0HttpRequest request) throws IOException {
      byte[] content = request.getBody() == null ? null : request.getBody().getContent();
      String body = content == null ? null : new String(content, StandardCharsets.UTF_8);
      String verb = request.getMethod().toString();
      if (probing) {
        sent.add(new Sent(verb, request.getUrl(), body, 200, null));
        throw new IOException("only the request matters");
      }
      Auth0HttpResponse response = http.sendRequest(request);
      sent.add(new Sent(verb, request.getUrl(), body, response.getCode(), response.getHeader(OUTSIDE)));
      return response;
    }

    @Override
    public CompletableFuture<Auth0HttpResponse> sendRequestAsync(Auth0HttpRequest request) {
      throw new UnsupportedOperationException();
    }
  }

  @Override
  boolean isHolder(Class<?> type) {
    return type.getName().matches("com\\.auth0\\.client\\.mgmt\\.\\w+Entity");
  }

  @Override
  List<Method> methodsOf(Object holder) {
    return Arrays.stream(holder.getClass().getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getReturnType() == Request.class)
        .sorted(Comparator.comparing(Method::getName).thenComparing(Method::getParameterCount))
        .toList();
  }

  @Override
  Object argument(Type type, JsonNode query, JsonNode body) {
    Class<?> wanted = (Class<?>) type;
    try {
      if (wanted.getSimpleName().endsWith("Filter")) return filter(wanted, query);
      JsonNode properties = body.isObject() ? body : MAPPER.createObjectNode();
      Optional<Constructor<?>> full = constructorWithMostParameters(wanted);
      if (full.isPresent() && (properties.isEmpty() || wanted.getConstructors().length == 1)) {
        Object made = constructed(wanted, full.get(), properties);
        return properties.isEmpty() ? made : MAPPER.readerForUpdating(made).readValue(properties);
      }
      return MAPPER.readerFor(wanted).readValue(properties);
    } catch (ReflectiveOperationException | IOException error) {
      throw new IllegalArgumentException(type + " does not take " + query + " and " + body, error);
    }
  }

  /** An object without setters: the parameters of its constructor are its fields, in their order. */
  private static Object constructed(Class<?> type, Constructor<?> constructor, JsonNode properties)
      throws ReflectiveOperationException, IOException {
    Type[] types = constructor.getGenericParameterTypes();
    Object[] arguments = new Object[types.length];
    List<Field> fields = new ArrayList<>(List.of(type.getDeclaredFields()));
    for (int index = 0; index < types.length; index++) {
      // Fields that the constructor does not take lie between.
      while (!fields.isEmpty() && !fields.get(0).getGenericType().equals(types[index])) fields.remove(0);
      if (fields.isEmpty()) throw new NoSuchFieldException(type + " has no field for parameter " + index);
      Field field = fields.remove(0);
      JsonProperty name = field.getAnnotation(JsonProperty.class);
      JsonNode value = properties.get(name == null ? snakeCase(field.getName()) : name.value());
      arguments[index] = argumentOf(types[index], value);
    }
    return constructor.newInstance(arguments);
  }

  private static Optional<Constructor<?>> constructorWithMostParameters(Class<?> type) {
    return Arrays.stream(type.getConstructors())
        .filter(each -> each.getParameterCount() > 0)
        .max(Comparator.<Constructor<?>>comparingInt(Constructor::getParameterCount));
  }

  private static Object argumentOf(Type type, JsonNode value) throws ReflectiveOperationException, IOException {
    if (type instanceof Class<?> wanted && wanted.getName().startsWith("com.auth0."))
      return constructed(wanted, constructorWithMostParameters(wanted).orElseThrow(), orEmpty(value));
    if (value != null) return MAPPER.readerFor(MAPPER.constructType(type)).readValue(value);
    if (type == boolean.class) return true;
    return type == String.class ? "placeholder" : List.of("placeholder");
  }

  /** Sets what the filter can: `withClientId("…")` for `client_id`. */
  private static Object filter(Class<?> type, JsonNode query) throws ReflectiveOperationException {
    Object filter = type.getDeclaredConstructor().newInstance();
    for (Method method : type.getMethods()) {
      Class<?>[] types = method.getParameterTypes();
      if (method.isSynthetic() || !method.getName().startsWith("with")) continue;
      String name = snakeCase(method.getName().substring("with".length()));
      if (name.equals("page") && query.has("page"))
        method.invoke(filter, query.get("page").asInt(), query.get("per_page").asInt());
      else if (name.equals("fields") && query.has("fields"))
        method.invoke(filter, query.get("fields").asText(), query.path("include_fields").asBoolean(true));
      else if (name.equals("totals") && query.has("include_totals"))
        method.invoke(filter, query.get("include_totals").asBoolean());
      else if (name.equals("query") && query.has("q")) method.invoke(filter, query.get("q").asText());
      else if (types.length == 1 && query.has(name))
        method.invoke(filter, MAPPER.convertValue(valueFor(types[0], query.get(name)), types[0]));
    }
    return filter;
  }

  /** Some filters take one value where the API takes several. */
  private static JsonNode valueFor(Class<?> type, JsonNode value) {
    return type == String.class && value.isArray() ? value.get(0) : value;
  }

  private static JsonNode orEmpty(JsonNode value) {
    return value == null ? MAPPER.createObjectNode() : value;
  }

  private static String snakeCase(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  @Override
  JsonNode invoke(Object owner, Method method, Object[] arguments) throws Exception {
    return jsonOf(((Request<?>) method.invoke(owner, arguments)).execute().getBody(), 0);
  }

  /** By its getters: the annotations are for what the SDK sends, and hide ids. */
  private static JsonNode jsonOf(Object value, int depth) throws ReflectiveOperationException {
    if (value == null || depth > 6) return MAPPER.nullNode();
    if (value instanceof Collection<?> list) {
      ArrayNode items = MAPPER.createArrayNode();
      for (Object item : list) items.add(jsonOf(item, depth + 1));
      return items;
    }
    ObjectNode object = MAPPER.createObjectNode();
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet())
        object.set(entry.getKey().toString(), jsonOf(entry.getValue(), depth + 1));
      return object;
    }
    boolean isOfSdk = value.getClass().getName().startsWith("com.auth0.");
    if (!isOfSdk || value.getClass().isEnum()) return MAPPER.valueToTree(value);
    for (Method method : value.getClass().getMethods()) {
      boolean isGetter = method.getParameterCount() == 0 && method.getName().matches("(get|is)[A-Z].*");
      if (isGetter && method.getDeclaringClass() != Object.class)
        object.set(snakeCase(method.getName().replaceFirst("^(get|is)", "")), jsonOf(method.invoke(value), depth + 1));
    }
    return object;
  }
}
