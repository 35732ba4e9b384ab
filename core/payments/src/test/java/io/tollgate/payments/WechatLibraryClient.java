package io.tollgate.payments;

import com.wechat.pay.java.core.Config;
import com.wechat.pay.java.core.auth.Credential;
import com.wechat.pay.java.core.auth.Validator;
import com.wechat.pay.java.core.http.AbstractHttpClient;
import com.wechat.pay.java.core.http.AbstractHttpClientBuilder;
import com.wechat.pay.java.core.http.HttpRequest;
import com.wechat.pay.java.core.http.OriginalResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** WeChat Pay's own library, whose calls of the real host come to a sandbox. It reads only. */
final class WechatLibraryClient extends AbstractHttpClient {
  private final String sandbox;
  private final HttpClient http = HttpClient.newHttpClient();

  private WechatLibraryClient(
      String sandbox, @Nullable Credential credential, @Nullable Validator validator) {
    super(credential, validator);
    this.sandbox = sandbox;
  }

  static Builder at(String sandbox) {
    return new Builder(sandbox);
  }

  /** Makes it as the library wants it made. */
  static final class Builder implements AbstractHttpClientBuilder<Builder> {
    private final String sandbox;
    private @Nullable Credential credential;
    private @Nullable Validator validator;

    private Builder(String sandbox) {
      this.sandbox = sandbox;
    }

    @Override
    public Builder newInstance() {
      return new Builder(sandbox);
    }

    @Override
    public Builder validator(Validator given) {
      validator = given;
      return this;
    }

    @Override
    public Builder credential(Credential given) {
      credential = given;
      return this;
    }

    Builder of(Config config) {
      return credential(config.createCredential()).validator(config.createValidator());
    }

    @Override
    public WechatLibraryClient build() {
      return new WechatLibraryClient(sandbox, credential, validator);
    }
  }

  @Override
  protected OriginalResponse innerExecute(HttpRequest request) {
    URI real = request.getUri();
    String query = real.getRawQuery() == null ? "" : "?" + real.getRawQuery();
    java.net.http.HttpRequest.Builder sent =
        java.net.http.HttpRequest.newBuilder(
            URI.create(sandbox + "/wechat" + real.getRawPath() + query));
    request
        .getHeaders()
        .getHeaders()
        .forEach(
            (name, value) -> {
              if (!value.isEmpty()) {
                sent.header(name, value);
              }
            });
    try {
      HttpResponse<String> answer = http.send(sent.build(), HttpResponse.BodyHandlers.ofString());
      Map<String, String> headers = new HashMap<>();
      // the library asks for them as the real host writes them
      answer
          .headers()
          .map()
          .forEach((name, values) -> headers.put(capital(name), values.getFirst()));
      return new OriginalResponse.Builder()
          .request(request)
          .headers(headers)
          .statusCode(answer.statusCode())
          .contentType("application/json")
          .body(answer.body())
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String capital(String name) {
    StringBuilder written = new StringBuilder();
    for (String part : name.split("-", -1)) {
      written.append(written.isEmpty() ? "" : "-");
      written.append(part.substring(0, 1).toUpperCase(java.util.Locale.ROOT));
      written.append(part.substring(1));
    }
    return written.toString();
  }

  @Override
  protected InputStream innerDownload(HttpRequest request) {
    throw new UnsupportedOperationException("nothing is downloaded");
  }

  @Override
  protected String getHttpClientInfo() {
    return "test";
  }
}
