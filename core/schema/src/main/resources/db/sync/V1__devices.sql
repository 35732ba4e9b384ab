-- Processes that have devices connected, until when they are believed to run, and the devices. What
-- is in it is worth something only while the processes run: it is not logged, and written again by
-- each of them where it is found empty, as after a crash of the server.
CREATE UNLOGGED TABLE process (
  id       uuid PRIMARY KEY,
  gone_at  timestamptz NOT NULL
);

CREATE UNLOGGED TABLE device (
  process       uuid NOT NULL REFERENCES process ON DELETE CASCADE,
  connection    bigint NOT NULL,
  user_id       bigint NOT NULL CHECK (user_id > 0),
  device_id     text NOT NULL CHECK (length(device_id) <= 128),
  connected_at  timestamptz NOT NULL,
  channels      text[] NOT NULL,
  PRIMARY KEY (process, connection)
);
CREATE INDEX device_of_user ON device (user_id, connected_at);
