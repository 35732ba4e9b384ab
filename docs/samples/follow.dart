// Follows a user's numbers: dart run follow.dart BASE_URL USER_ID, with the token in TOLLGATE_TOKEN.
// Prints a line for each event: its version, and its JSON. Connects again with back-off, and goes on
// after the last event it has seen (LAST_EVENT_ID, where it is started again). Its own library only; in
// Flutter, keep the version where the app keeps its state.

import 'dart:async';
import 'dart:convert';
import 'dart:io';
import 'dart:math';

const firstPause = Duration(milliseconds: 500);
const longestPause = Duration(seconds: 30);

/// Longer than two heartbeats: who is silent for so long is gone.
const silence = Duration(seconds: 75);

const finalAnswers = {400, 401, 403, 404};

class Refused implements Exception {
  Refused(this.status);

  final int status;

  @override
  String toString() => 'refused with $status';
}

class Follow {
  Follow(String base, String user, this.token, this.last)
      : stream = Uri.parse('$base/api/v1/billing/sync/$user/stream');

  final Uri stream;
  final String token;
  final HttpClient client = HttpClient();
  final Random random = Random();
  String last;
  Duration pause = firstPause;

  Future<void> run() async {
    while (true) {
      try {
        await read();
      } on IOException {
        // connects again below
      } on TimeoutException {
        // connects again below
      }
      final part = 0.5 + random.nextDouble() / 2;
      await Future<void>.delayed(pause * part);
      pause = pause * 2 < longestPause ? pause * 2 : longestPause;
    }
  }

  Future<void> read() async {
    final request = await client.getUrl(stream);
    request.headers.set('Authorization', 'Bearer $token');
    if (last.isNotEmpty) {
      request.headers.set('Last-Event-ID', last);
    }
    final response = await request.close();
    if (finalAnswers.contains(response.statusCode)) {
      throw Refused(response.statusCode);
    }
    var id = '';
    final lines = response
        .timeout(silence)
        .transform(utf8.decoder)
        .transform(const LineSplitter());
    await for (final line in lines) {
      if (line.startsWith('id: ')) {
        id = line.substring(4);
      } else if (line.startsWith('data: ')) {
        print('${id.isEmpty ? '-' : id} ${line.substring(6)}');
        last = id.isEmpty ? last : id;
        id = '';
        pause = firstPause;
      }
    }
  }
}

Future<void> main(List<String> arguments) async {
  final token = Platform.environment['TOLLGATE_TOKEN'] ?? '';
  final last = Platform.environment['LAST_EVENT_ID'] ?? '';
  await Follow(arguments[0], arguments[1], token, last).run();
}
