import com.auth0.client.mgmt.ManagementApi;
import com.auth0.client.mgmt.ManagementApiBuilder;
import com.auth0.client.mgmt.core.ObjectMappers;
import com.auth0.client.mgmt.core.OptionalNullable;
import com.auth0.client.mgmt.core.RequestOptions;
import com.auth0.client.mgmt.core.SyncPagingIterable;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;

/** Version 3: generated clients, whose methods take strings and one request object. */
final class SdkVersionThree extends SdkVersion {
  private static final ObjectMapper MAPPER = ObjectMappers.JSON_MAPPER;

  @Override
  Object client(boolean probing) {
    OkHttpClient http = new OkHttpClient.Builder().addInterceptor(chain -> sendAndNote(chain, probing)).build();
    ManagementApiBuilder builder =
        ManagementApi.builder().domain(variable("AUTH0_DOMAIN")).httpClient(http).maxRetries(0);
    return probing
        ? builder.token("probe").build()
        : builder.clientCredentials(variable("AUTH0_CLIENT_ID"), variable("AUTH0_CLIENT_SECRET")).build();
  }

  private Response sendAndNote(Interceptor.Chain chain, boolean probing) throws IOException {
    Request request = chain.request();
    Buffer body = new Buffer();
    if (request.body() != null) request.body().writeTo(body);
    Response response = probing
        ? new Response.Builder().request(request).protocol(Protocol.HTTP_1_1).code(200).message("OK")
            .body(ResponseBody.create("{}", MediaType.parse("application/json"))).build()
        : chain.proceed(request);
    String url = request.url().toString();
    sent.add(new Sent(request.method(), url, body.readUtf8(), response.code(), response.header(OUTSIDE)));
    return response;
  }

  @Override
  boolean isHolder(Class<?> type) {
    String name = type.getSimpleName();
    return name.endsWith("Client") && !name.startsWith("Raw") && type.getName().startsWith("com.auth0.client.mgmt.");
  }

  /** Of methods with the same name, the one with the most parameters. */
  @Override
  List<Method> methodsOf(Object holder) {
    Map<String, Method> methods = new LinkedHashMap<>();
    Method[] declared = holder.getClass().getDeclaredMethods();
    Arrays.sort(declared, Comparator.comparing(Method::getName).thenComparing(Method::getParameterCount));
    for (Method method : declared) {
      boolean takesOptions = Arrays.asList(method.getParameterTypes()).contains(RequestOptions.class);
      boolean isCall = Modifier.isPublic(method.getModifiers()) && !method.isSynthetic() && !takesOptions;
      if (isCall && !method.getName().equals("withRawResponse") && !isHolder(method.getReturnType()))
        methods.put(method.getName(), method);
    }
    return List.copyOf(methods.values());
  }

  @Override
  Object argument(Type type, JsonNode query, JsonNode body) {
    if (type instanceof ParameterizedType wrapper && wrapper.getRawType() == OptionalNullable.class)
      return body.isMissingNode() || body.isEmpty()
          ? OptionalNullable.absent()
          : OptionalNullable.of(argument(wrapper.getActualTypeArguments()[0], query, body));
    try {
      ObjectNode merged = MAPPER.createObjectNode();
      query.fields().forEachRemaining(field -> merged.set(field.getKey(), field.getValue()));
      if (body.isObject()) merged.setAll((ObjectNode) body);
      return MAPPER.readerFor(MAPPER.constructType(type)).readValue(merged);
    } catch (IOException error) {
      throw new IllegalArgumentException(type + " does not take " + query + " and " + body, error);
    }
  }

  @Override
  JsonNode invoke(Object owner, Method method, Object[] arguments) throws Exception {
    Object value = method.invoke(owner, arguments);
    if (!(value instanceof SyncPagingIterable<?> pages)) return MAPPER.valueToTree(value);
    ArrayNode items = MAPPER.createArrayNode();
    for (Object item : pages) {
      items.add(MAPPER.<JsonNode>valueToTree(item));
      if (items.size() > MOST_ITEMS) throw new IllegalStateException("the listing does not end");
    }
    return items;
  }
}
