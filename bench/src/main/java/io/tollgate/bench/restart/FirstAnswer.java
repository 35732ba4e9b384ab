package io.tollgate.bench.restart;

import io.tollgate.bench.load.RequestForm;
import io.tollgate.bench.load.RequestTexts;
import io.tollgate.bench.program.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks a starting program again and again until one request is answered. */
final class FirstAnswer {
  private static final int MAX_SECONDS = 300;
  private static final int PAUSE_MS = 5;
  private static final int ANSWER_MS = 5_000;
  private static final byte[] OK = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);

  private final int port;
  private final byte[] request;

  /**
   * @param keys the first of them is used
   */
  FirstAnswer(int port, List<String> keys) {
    this.port = port;
    RequestTexts texts = new RequestTexts(RequestForm.CHAT, keys.subList(0, 1));
    this.request = new byte[texts.get(0).readableBytes()];
    texts.get(0).readBytes(request);
  }

  void await(ChildProcess program) throws IOException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_SECONDS);
    while (!isAnswered()) {
      if (!program.runs()) {
        throw new IOException("the program ended while starting (its log tells why)");
      }
      if (System.nanoTime() > until) {
        throw new IOException("nothing was answered within " + MAX_SECONDS + " s");
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    }
  }

  private boolean isAnswered() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(ANSWER_MS);
      OutputStream out = socket.getOutputStream();
      out.write(request);
      out.flush();
      InputStream in = socket.getInputStream();
      return Arrays.equals(in.readNBytes(OK.length), OK);
    } catch (IOException e) {
      // it does not listen yet
      return false;
    }
  }
}
