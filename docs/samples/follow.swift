// Follows a user's numbers: swift follow.swift BASE_URL USER_ID, with the token in TOLLGATE_TOKEN.
// Prints a line for each event: its version, and its JSON. Connects again with back-off, and goes on
// after the last event it has seen (LAST_EVENT_ID, where it is started again). URLSession only: the same
// on iOS and macOS.

import Foundation

struct Refused: Error {
    let status: Int
}

final class Follow {
    private static let finalAnswers: Set<Int> = [400, 401, 403, 404]
    private static let firstPause = 0.5
    private static let longestPause = 30.0

    private let stream: URL
    private let token: String
    private let session: URLSession
    private var last: String
    private var pause = Follow.firstPause

    init(base: URL, user: String, token: String, last: String) {
        self.stream = base.appendingPathComponent("api/v1/billing/sync/\(user)/stream")
        self.token = token
        self.last = last
        let configuration = URLSessionConfiguration.ephemeral
        // longer than two heartbeats: who is silent for so long is gone
        configuration.timeoutIntervalForRequest = 75
        configuration.timeoutIntervalForResource = .infinity
        self.session = URLSession(configuration: configuration)
    }

    func run() async throws {
        while true {
            do {
                try await read()
            } catch let refused as Refused {
                throw refused
            } catch {
                // connects again below
            }
            let part = Double.random(in: 0.5...1.0)
            try await Task.sleep(nanoseconds: UInt64(pause * part * 1_000_000_000))
            pause = min(pause * 2, Follow.longestPause)
        }
    }

    private func read() async throws {
        var request = URLRequest(url: stream)
        request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
        if !last.isEmpty {
            request.setValue(last, forHTTPHeaderField: "Last-Event-ID")
        }
        let (bytes, response) = try await session.bytes(for: request)
        if let answer = response as? HTTPURLResponse, Follow.finalAnswers.contains(answer.statusCode) {
            throw Refused(status: answer.statusCode)
        }
        var id = ""
        for try await line in bytes.lines {
            if line.hasPrefix("id: ") {
                id = String(line.dropFirst(4))
            } else if line.hasPrefix("data: ") {
                print("\(id.isEmpty ? "-" : id) \(line.dropFirst(6))")
                last = id.isEmpty ? last : id
                id = ""
                pause = Follow.firstPause
            }
        }
    }
}

@main
struct Program {
    static func main() async throws {
        let arguments = CommandLine.arguments
        let environment = ProcessInfo.processInfo.environment
        guard let base = URL(string: arguments[1]) else {
            throw URLError(.badURL)
        }
        let follow = Follow(
            base: base,
            user: arguments[2],
            token: environment["TOLLGATE_TOKEN"] ?? "",
            last: environment["LAST_EVENT_ID"] ?? ""
        )
        try await follow.run()
    }
}
