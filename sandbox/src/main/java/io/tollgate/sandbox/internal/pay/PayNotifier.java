package io.tollgate.sandbox.internal.pay;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Tells what is to be told, again and again until it is taken. Confined to the event loop. */
final class PayNotifier {
  private static final int TICK_MS = 50;
  private static final int TIMEOUT_MS = 5_000;

  private final PayBook book;
  private final Map<PayChannel, NoticeForm> forms;
  private final HttpClient client;

  /** By what pauses are multiplied: tests have no hours. */
  double scale = 1;

  PayNotifier(Vertx vertx, PayBook book, Map<PayChannel, NoticeForm> forms) {
    this.book = book;
    this.forms = forms;
    this.client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(TIMEOUT_MS));
    long _ = vertx.setPeriodic(TICK_MS, turn -> book.due().forEach(this::send));
  }

  private void send(PayNotice notice) {
    NoticeForm form = forms.get(notice.order.channel);
    if (form == null) {
      book.told(notice);
      return;
    }
    notice.sending = true;
    notice.attempts++;
    Outgoing outgoing = form.write(notice);
    if (outgoing.url().isEmpty()) {
      ended(notice, false);
      return;
    }
    RequestOptions options =
        new RequestOptions()
            .setAbsoluteURI(outgoing.url())
            .setMethod(HttpMethod.POST)
            .setTimeout(TIMEOUT_MS);
    outgoing.headers().forEach(options::putHeader);
    client
        .request(options)
        .compose(request -> request.send(Buffer.buffer(outgoing.body())))
        .compose(
            response ->
                response
                    .body()
                    .map(
                        body ->
                            form.isTaken(
                                response.statusCode(), body.toString(StandardCharsets.UTF_8))))
        .onComplete(done -> ended(notice, done.succeeded() && done.result()));
  }

  private void ended(PayNotice notice, boolean taken) {
    notice.sending = false;
    if (taken || notice.attempts >= notice.order.channel.times()) {
      book.told(notice);
    } else {
      notice.dueAt = book.now() + (long) (notice.order.channel.pauseMs(notice.attempts) * scale);
    }
  }
}
