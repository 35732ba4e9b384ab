package io.tollgate.tests.upstream;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;

/**
 * Takes the lines of an answer as they come, and keeps them when it breaks: a stream that is read
 * loses what has come and was not read yet. Safe for the client's threads and the one that waits.
 */
final class AnswerLines implements BodyHandler<Void>, Flow.Subscriber<String> {
  private final long started = System.nanoTime();
  private final List<String> lines = new ArrayList<>();
  private final List<Long> arrivedMs = new ArrayList<>();
  private Optional<ResponseInfo> head = Optional.empty();

  @Override
  public synchronized BodySubscriber<Void> apply(ResponseInfo info) {
    head = Optional.of(info);
    return BodySubscribers.fromLineSubscriber(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public synchronized void onNext(String line) {
    lines.add(line);
    arrivedMs.add(sinceStart());
  }

  @Override
  public void onError(Throwable cause) {
    onNext("# " + cause.getMessage());
  }

  @Override
  public void onComplete() {}

  /** What came so far; nothing where not even a head did. */
  synchronized Optional<Answered> answered() {
    return head.map(
        info -> new Answered(info.statusCode(), info.headers(), lines, arrivedMs, sinceStart()));
  }

  private long sinceStart() {
    return (System.nanoTime() - started) / 1_000_000;
  }
}
