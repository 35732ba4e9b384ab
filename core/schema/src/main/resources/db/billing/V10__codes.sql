-- Batches of codes that give quota or credit to whoever redeems one.
CREATE TABLE billing.code_batch (
  id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id   bigint      NOT NULL CHECK (tenant_id > 0),
  name        text        NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  -- what each code gives, smallest units
  asset       text        NOT NULL,
  scale       integer     NOT NULL CHECK (scale BETWEEN 0 AND 9),
  amount      bigint      NOT NULL CHECK (amount > 0),
  codes       integer     NOT NULL CHECK (codes BETWEEN 1 AND 10000),
  -- until when they can be redeemed
  expires_at  timestamptz,
  -- how long what they give lasts; null: without an end
  lasts_days  integer     CHECK (lasts_days BETWEEN 1 AND 3660),
  active      boolean     NOT NULL,
  admin_id    bigint      NOT NULL,
  created_at  timestamptz NOT NULL,
  -- when the codes were made and shown, once
  exported_at timestamptz
);
CREATE INDEX code_batch_by_tenant ON billing.code_batch (tenant_id, id);

-- The codes themselves are shown once and kept as hashes.
CREATE TABLE billing.redemption_code (
  hash        bytea       PRIMARY KEY CHECK (length(hash) = 32),
  batch_id    bigint      NOT NULL REFERENCES billing.code_batch,
  user_id     bigint      CHECK (user_id > 0),
  transfer_id uuid        UNIQUE,
  used_at     timestamptz,
  CONSTRAINT redemption_code_used CHECK (
    (user_id IS NULL) = (transfer_id IS NULL) AND (user_id IS NULL) = (used_at IS NULL))
);
CREATE INDEX redemption_code_used_of_batch ON billing.redemption_code (batch_id)
  WHERE user_id IS NOT NULL;

-- What a tenant gives to who invites and to who was invited.
CREATE TABLE billing.invitation_terms (
  tenant_id  bigint      PRIMARY KEY CHECK (tenant_id > 0),
  asset      text        NOT NULL,
  scale      integer     NOT NULL CHECK (scale BETWEEN 0 AND 9),
  -- smallest units; 0: nothing
  inviter    bigint      NOT NULL CHECK (inviter >= 0),
  invited    bigint      NOT NULL CHECK (invited >= 0),
  lasts_days integer     CHECK (lasts_days BETWEEN 1 AND 3660),
  -- for how many users an inviter is given something
  users_max  integer     NOT NULL CHECK (users_max BETWEEN 1 AND 1000000),
  updated_at timestamptz NOT NULL
);

-- Invited users for whom something was given, each once.
CREATE TABLE billing.invitation_credit (
  tenant_id        bigint      NOT NULL,
  invited_id       bigint      NOT NULL,
  inviter_id       bigint      NOT NULL CHECK (inviter_id <> invited_id),
  inviter_transfer uuid        UNIQUE,
  invited_transfer uuid        UNIQUE,
  given_at         timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, invited_id)
);
CREATE INDEX invitation_credit_by_inviter ON billing.invitation_credit (tenant_id, inviter_id);

-- where the program runs as the owner there is no such role
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollgate_app') THEN
    REVOKE DELETE, TRUNCATE ON billing.code_batch FROM tollgate_app;
    REVOKE DELETE, TRUNCATE ON billing.redemption_code FROM tollgate_app;
    REVOKE DELETE, TRUNCATE ON billing.invitation_terms FROM tollgate_app;
    REVOKE UPDATE, DELETE, TRUNCATE ON billing.invitation_credit FROM tollgate_app;
  END IF;
END
$$;
