-- Point cards, shares of profits, teams' levels, rewards and withdrawals. Amounts are bigint counts of 0.00000001
-- points; the balances themselves are accounts of the ledger, and what stands here says how they came about.

-- What tenants have set; who has set nothing has no row.
CREATE TABLE rewards.terms (
  tenant_id           bigint        PRIMARY KEY CHECK (tenant_id > 0),
  profit_rate         numeric(5, 4) NOT NULL CHECK (profit_rate BETWEEN 0 AND 1),
  high_water_mark     boolean       NOT NULL,
  -- how often it was switched on: marks of before do not count
  high_water_switch   integer       NOT NULL CHECK (high_water_switch >= 0),
  transfer_whole_tenant boolean     NOT NULL,
  -- of S1 to S7
  level_performances  bigint[]      NOT NULL CHECK (cardinality(level_performances) = 7),
  level_rates         numeric(5, 4)[] NOT NULL CHECK (cardinality(level_rates) = 7),
  withdrawal_minimum  bigint        NOT NULL CHECK (withdrawal_minimum > 0),
  withdrawal_fee_rate numeric(5, 4) NOT NULL CHECK (withdrawal_fee_rate BETWEEN 0 AND 1),
  withdrawal_networks text[]        NOT NULL CHECK (cardinality(withdrawal_networks) BETWEEN 1 AND 20),
  address_cool_down_seconds bigint  NOT NULL CHECK (address_cool_down_seconds >= 0),
  -- null: no limit
  withdrawal_daily_limit bigint     CHECK (withdrawal_daily_limit > 0),
  -- null: one administrator approves
  second_admin_from   bigint        CHECK (second_admin_from > 0),
  updated_at          timestamptz   NOT NULL
);

-- Every movement of a point card; append only. The card's accounts are locked while a row is written, so that
-- rows of one card are in the order of their ids.
CREATE TABLE rewards.point_log (
  id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id   bigint      NOT NULL CHECK (tenant_id > 0),
  -- null: the tenant's own card
  user_id     bigint      CHECK (user_id > 0),
  change_type text        NOT NULL CHECK (change_type IN ('recharge', 'gift', 'out', 'in', 'profit_charge', 'given')),
  card_type   text        NOT NULL CHECK (card_type IN ('self', 'gift')),
  amount      bigint      NOT NULL,
  before_self bigint      NOT NULL CHECK (before_self >= 0),
  after_self  bigint      NOT NULL CHECK (after_self >= 0),
  before_gift bigint      NOT NULL CHECK (before_gift >= 0),
  after_gift  bigint      NOT NULL CHECK (after_gift >= 0),
  before_owed bigint      NOT NULL CHECK (before_owed >= 0),
  after_owed  bigint      NOT NULL CHECK (after_owed >= 0),
  other_id    bigint      CHECK (other_id > 0),
  -- null: nothing moved
  transfer_id uuid,
  -- the transfer of the operation that this row belongs to: what pays a debt has a transfer of its own
  cause       uuid,
  remark      text        NOT NULL CHECK (length(remark) <= 200),
  created_at  timestamptz NOT NULL,
  CONSTRAINT point_log_moves CHECK (amount = after_self - before_self + after_gift - before_gift),
  CONSTRAINT point_log_transfer CHECK (amount = 0 OR transfer_id IS NOT NULL)
);
-- every filter has its way in, in the list's order
CREATE INDEX point_log_by_time ON rewards.point_log (created_at, id);
CREATE INDEX point_log_by_tenant ON rewards.point_log (tenant_id, created_at, id);
CREATE INDEX point_log_of_tenant ON rewards.point_log (tenant_id, created_at, id) WHERE user_id IS NULL;
CREATE INDEX point_log_of_user ON rewards.point_log (user_id, created_at, id) WHERE user_id IS NOT NULL;
CREATE INDEX point_log_by_type ON rewards.point_log (tenant_id, change_type, created_at, id);
CREATE INDEX point_log_by_cause ON rewards.point_log (cause) WHERE cause IS NOT NULL;

-- Every close of a position that was told, once, with what was charged for it.
CREATE TABLE rewards.profit_close (
  id          bigint        GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id   bigint        NOT NULL CHECK (tenant_id > 0),
  user_id     bigint        NOT NULL CHECK (user_id > 0),
  account_id  text          NOT NULL CHECK (length(account_id) BETWEEN 1 AND 64),
  close_id    text          NOT NULL CHECK (length(close_id) BETWEEN 1 AND 128),
  profit      bigint        NOT NULL,
  -- what the share was taken of: the profit, or what of it is above the mark
  shared      bigint        NOT NULL CHECK (shared >= 0),
  rate        numeric(5, 4) NOT NULL,
  charged     bigint        NOT NULL CHECK (charged >= 0),
  from_self   bigint        NOT NULL CHECK (from_self >= 0),
  from_gift   bigint        NOT NULL CHECK (from_gift >= 0),
  owed        bigint        NOT NULL CHECK (owed >= 0),
  owed_paid   bigint        NOT NULL DEFAULT 0,
  transfer_id uuid,
  created_at  timestamptz   NOT NULL,
  CONSTRAINT profit_close_once UNIQUE (tenant_id, account_id, close_id),
  CONSTRAINT profit_close_parts CHECK (charged = from_self + from_gift + owed),
  CONSTRAINT profit_close_owed CHECK (owed_paid BETWEEN 0 AND owed),
  CONSTRAINT profit_close_transfer CHECK (charged = 0 OR transfer_id IS NOT NULL)
);
CREATE INDEX profit_close_owing ON rewards.profit_close (user_id, id) WHERE owed_paid < owed;
CREATE INDEX profit_close_of_user ON rewards.profit_close (user_id, id);

-- What of a charge was owed and is paid later.
CREATE TABLE rewards.owed_payment (
  id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  close_ref   bigint      NOT NULL REFERENCES rewards.profit_close,
  card_type   text        NOT NULL CHECK (card_type IN ('self', 'gift')),
  amount      bigint      NOT NULL CHECK (amount > 0),
  transfer_id uuid        NOT NULL,
  created_at  timestamptz NOT NULL
);
CREATE INDEX owed_payment_of_close ON rewards.owed_payment (close_ref);

-- Where an exchange account's profits have come to, while the tenant charges above the highest mark.
CREATE TABLE rewards.profit_mark (
  tenant_id  bigint  NOT NULL CHECK (tenant_id > 0),
  account_id text    NOT NULL,
  -- the tenant's switch that it counts from
  switch     integer NOT NULL,
  cumulative bigint  NOT NULL,
  highest    bigint  NOT NULL CHECK (highest >= 0),
  PRIMARY KEY (tenant_id, account_id),
  CONSTRAINT profit_mark_highest CHECK (highest >= cumulative)
) WITH (fillfactor = 70);

-- Pools, with everything that their distribution follows from.
CREATE TABLE rewards.pool (
  id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id       bigint      NOT NULL CHECK (tenant_id > 0),
  close_ref       bigint      NOT NULL REFERENCES rewards.profit_close,
  source_id       bigint      NOT NULL CHECK (source_id > 0),
  amount          bigint      NOT NULL CHECK (amount > 0),
  -- the transfer that opened it
  opened_by       uuid        NOT NULL,
  source_level    smallint    NOT NULL CHECK (source_level BETWEEN 0 AND 7),
  inviter_id      bigint,
  inviter_holding bigint      NOT NULL CHECK (inviter_holding >= 0),
  -- market nodes above the source, the nearest first
  node_ids        bigint[]    NOT NULL,
  node_levels     smallint[]  NOT NULL CHECK (cardinality(node_levels) = cardinality(node_ids)),
  node_rates      numeric(5, 4)[] NOT NULL CHECK (cardinality(node_rates) = cardinality(node_ids)),
  state           text        NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'distributed')),
  attempts        integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  last_error      text        CHECK (length(last_error) <= 200),
  next_try_at     timestamptz NOT NULL,
  created_at      timestamptz NOT NULL,
  distributed_at  timestamptz,
  transfer_id     uuid,
  CONSTRAINT pool_distributed CHECK ((state = 'distributed') = (transfer_id IS NOT NULL)
    AND (state = 'distributed') = (distributed_at IS NOT NULL)),
  CONSTRAINT pool_of_posting UNIQUE (close_ref, opened_by)
) WITH (fillfactor = 80);
CREATE INDEX pool_waiting ON rewards.pool (next_try_at, id) WHERE state = 'open';
CREATE INDEX pool_by_time ON rewards.pool (created_at, id);
CREATE INDEX pool_by_tenant ON rewards.pool (tenant_id, created_at, id);
CREATE INDEX pool_by_source ON rewards.pool (source_id, created_at, id);
CREATE INDEX pool_open ON rewards.pool (created_at, id) WHERE state = 'open';

-- Every movement of what is available of rewards; append only, in the order of ids for each user.
CREATE TABLE rewards.reward_log (
  id            bigint        GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id     bigint        NOT NULL CHECK (tenant_id > 0),
  user_id       bigint        NOT NULL CHECK (user_id > 0),
  type          text          NOT NULL CHECK (type IN ('direct', 'level_diff', 'peer', 'tech_team',
                                'direct_undist', 'peer_undist', 'network_undist', 'platform_retain',
                                'withdraw_freeze', 'withdraw_reject_return')),
  amount        bigint        NOT NULL CHECK (amount <> 0),
  before        bigint        NOT NULL CHECK (before >= 0),
  after         bigint        NOT NULL CHECK (after >= 0),
  source_id     bigint,
  rate          numeric(5, 4) NOT NULL,
  pool_id       bigint        REFERENCES rewards.pool,
  withdrawal_id bigint,
  transfer_id   uuid,
  remark        text          NOT NULL CHECK (length(remark) <= 200),
  created_at    timestamptz   NOT NULL,
  CONSTRAINT reward_log_moves CHECK (after = before + amount),
  CONSTRAINT reward_log_of CHECK ((pool_id IS NULL) <> (withdrawal_id IS NULL)),
  CONSTRAINT reward_log_signs CHECK ((amount < 0) = (type = 'withdraw_freeze'))
);
CREATE UNIQUE INDEX reward_log_once ON rewards.reward_log (pool_id, type, user_id) WHERE pool_id IS NOT NULL;
CREATE UNIQUE INDEX reward_log_step ON rewards.reward_log (withdrawal_id, type) WHERE withdrawal_id IS NOT NULL;
CREATE INDEX reward_log_by_time ON rewards.reward_log (created_at, id);
CREATE INDEX reward_log_by_tenant ON rewards.reward_log (tenant_id, created_at, id);
CREATE INDEX reward_log_by_type ON rewards.reward_log (type, created_at, id);
CREATE INDEX reward_log_of_user ON rewards.reward_log (user_id, created_at, id);
CREATE INDEX reward_log_by_source ON rewards.reward_log (source_id, created_at, id) WHERE source_id IS NOT NULL;

-- What users have got and been paid in all.
CREATE TABLE rewards.reward_total (
  user_id   bigint PRIMARY KEY CHECK (user_id > 0),
  tenant_id bigint NOT NULL CHECK (tenant_id > 0),
  earned    bigint NOT NULL CHECK (earned >= 0),
  withdrawn bigint NOT NULL CHECK (withdrawn BETWEEN 0 AND earned)
) WITH (fillfactor = 60);

-- What exchange accounts hold; account '' is a user's total as a backend told it.
CREATE TABLE rewards.holding (
  user_id    bigint      NOT NULL CHECK (user_id > 0),
  account_id text        NOT NULL CHECK (length(account_id) <= 64),
  tenant_id  bigint      NOT NULL CHECK (tenant_id > 0),
  amount     bigint      NOT NULL CHECK (amount >= 0),
  told_at    timestamptz NOT NULL,
  PRIMARY KEY (user_id, account_id)
) WITH (fillfactor = 80);

-- Who holds something, is above somebody who does, or is a market node.
CREATE TABLE rewards.member (
  user_id          bigint   PRIMARY KEY CHECK (user_id > 0),
  tenant_id        bigint   NOT NULL CHECK (tenant_id > 0),
  market_node      boolean  NOT NULL DEFAULT false,
  self_hold        bigint   NOT NULL DEFAULT 0 CHECK (self_hold >= 0),
  team_performance bigint   NOT NULL DEFAULT 0 CHECK (team_performance >= 0),
  level            smallint NOT NULL DEFAULT 0 CHECK (level BETWEEN 0 AND 7)
) WITH (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX member_by_tenant ON rewards.member (tenant_id, user_id);

CREATE TABLE rewards.withdrawal (
  id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id       bigint      NOT NULL CHECK (tenant_id > 0),
  user_id         bigint      NOT NULL CHECK (user_id > 0),
  amount          bigint      NOT NULL CHECK (amount > 0),
  fee             bigint      NOT NULL,
  network         text        NOT NULL CHECK (length(network) BETWEEN 1 AND 32),
  address         text        NOT NULL CHECK (length(address) BETWEEN 1 AND 128),
  address_noted_at timestamptz NOT NULL,
  remark          text        NOT NULL CHECK (length(remark) <= 200),
  status          text        NOT NULL DEFAULT 'waiting'
                              CHECK (status IN ('waiting', 'approved', 'rejected', 'done')),
  -- what it holds in the ledger
  hold_id         uuid        NOT NULL UNIQUE,
  second_needed   boolean     NOT NULL,
  first_admin_id  bigint,
  first_at        timestamptz,
  audit_admin_id  bigint,
  audited_at      timestamptz,
  pay_admin_id    bigint,
  completed_at    timestamptz,
  reject_reason   text        CHECK (length(reject_reason) BETWEEN 1 AND 200),
  tx_hash         text        CHECK (length(tx_hash) BETWEEN 1 AND 200),
  transfer_id     uuid,
  idempotency_key text        CHECK (length(idempotency_key) BETWEEN 1 AND 128),
  request_hash    bytea       NOT NULL CHECK (octet_length(request_hash) = 32),
  created_at      timestamptz NOT NULL,
  CONSTRAINT withdrawal_fee CHECK (fee BETWEEN 0 AND amount),
  CONSTRAINT withdrawal_two CHECK (first_admin_id IS NULL OR (second_needed AND first_admin_id IS DISTINCT FROM
    CASE WHEN status IN ('approved', 'done') THEN audit_admin_id END)),
  CONSTRAINT withdrawal_audited CHECK ((status = 'waiting') = (audited_at IS NULL)
    AND (audit_admin_id IS NULL) = (audited_at IS NULL)),
  CONSTRAINT withdrawal_rejected CHECK ((status = 'rejected') = (reject_reason IS NOT NULL)),
  CONSTRAINT withdrawal_done CHECK ((status = 'done') = (tx_hash IS NOT NULL)
    AND (status = 'done') = (completed_at IS NOT NULL) AND (status = 'done') = (transfer_id IS NOT NULL)
    AND (status = 'done') = (pay_admin_id IS NOT NULL))
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX withdrawal_once ON rewards.withdrawal (tenant_id, idempotency_key)
  WHERE idempotency_key IS NOT NULL;
CREATE INDEX withdrawal_by_time ON rewards.withdrawal (created_at, id);
CREATE INDEX withdrawal_by_tenant ON rewards.withdrawal (tenant_id, created_at, id);
CREATE INDEX withdrawal_of_user ON rewards.withdrawal (user_id, created_at, id);
CREATE INDEX withdrawal_by_status ON rewards.withdrawal (status, created_at, id);

CREATE TABLE rewards.payout_address (
  user_id   bigint      NOT NULL CHECK (user_id > 0),
  network   text        NOT NULL CHECK (length(network) BETWEEN 1 AND 32),
  address   text        NOT NULL CHECK (length(address) BETWEEN 1 AND 128),
  tenant_id bigint      NOT NULL CHECK (tenant_id > 0),
  noted_at  timestamptz NOT NULL,
  PRIMARY KEY (user_id, network, address)
);

-- Logs are written once; where the program runs as the owner there is no such role.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollgate_app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON rewards.point_log, rewards.reward_log, rewards.owed_payment FROM tollgate_app;
    REVOKE DELETE, TRUNCATE ON rewards.profit_close, rewards.pool, rewards.withdrawal, rewards.profit_mark,
      rewards.reward_total FROM tollgate_app;
  END IF;
END
$$;
