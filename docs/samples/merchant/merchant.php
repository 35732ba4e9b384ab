<?php
// A client of Tollgate's merchant API for PHP 8, with its curl extension.
//
//   php merchant.php http://127.0.0.1:18100 APP_KEY APP_SECRET

/** A call that was refused: the envelope's code and sentence. */
class MerchantError extends Exception
{
}

class Merchant
{
    public function __construct(
        private string $base,
        private string $key,
        private string $secret,
        private int $version = 2,
    ) {
        $this->base = rtrim($base, '/');
    }

    public function get(string $path, array $parameters = []): mixed
    {
        $query = http_build_query($parameters);
        return $this->call('GET', $path . ($query === '' ? '' : '?' . $query), '', []);
    }

    public function post(string $path, array $parameters = [], ?string $idempotencyKey = null): mixed
    {
        $headers = ['Content-Type: application/x-www-form-urlencoded'];
        if ($idempotencyKey !== null) {
            $headers[] = 'Idempotency-Key: ' . $idempotencyKey;
        }
        return $this->call('POST', $path, http_build_query($parameters), $headers);
    }

    /** @return string[] */
    public function sign(string $method, string $target, string $body): array
    {
        $timestamp = (string) time();
        $headers = ['X-App-Key: ' . $this->key, 'X-Timestamp: ' . $timestamp];
        if ($this->version === 1) {
            // signs neither path nor body; for old systems only
            return [...$headers, 'X-Sign: ' . md5($this->key . $timestamp . $this->secret)];
        }
        $nonce = bin2hex(random_bytes(16));
        $text = implode("\n", [$method, $target, $timestamp, $nonce, hash('sha256', $body)]);
        return [
            ...$headers,
            'X-Sign-Version: 2',
            'X-Nonce: ' . $nonce,
            'X-Sign: ' . hash_hmac('sha256', $text, $this->secret),
        ];
    }

    private function call(string $method, string $target, string $body, array $headers): mixed
    {
        $curl = curl_init($this->base . $target);
        curl_setopt_array($curl, [
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_TIMEOUT => 30,
            CURLOPT_HTTPHEADER => ['Accept-Language: en', ...$headers, ...$this->sign($method, $target, $body)],
        ]);
        if ($method === 'POST') {
            // a text, not an array: an array would be sent as multipart
            curl_setopt($curl, CURLOPT_POSTFIELDS, $body);
        }
        $answer = curl_exec($curl);
        if ($answer === false) {
            throw new RuntimeException(curl_error($curl));
        }
        $envelope = json_decode($answer, true, 512, JSON_THROW_ON_ERROR);
        if ($envelope['code'] !== 0) {
            throw new MerchantError($envelope['msg'], $envelope['code']);
        }
        return $envelope['data'];
    }
}

if (isset($argv) && count($argv) === 4) {
    [, $base, $key, $secret] = $argv;
    $merchant = new Merchant($base, $key, $secret);
    $email = 'sample-' . bin2hex(random_bytes(6)) . '@example.com';
    $made = $merchant->post('/merchant/user/create', ['email' => $email, 'password' => 'four words are enough']);
    $given = $merchant->post(
        '/merchant/user/recharge',
        ['email' => $email, 'amount' => '2.5', 'type' => 2],
        bin2hex(random_bytes(16)),
    );
    $info = $merchant->get('/merchant/user/info', ['email' => $email]);
    $old = (new Merchant($base, $key, $secret, 1))->get('/merchant/balance');
    if ($made['email'] !== $email || $given['member_after_total'] != 2.5) {
        throw new RuntimeException('not as expected');
    }
    echo json_encode(['email' => $email, 'gift' => $info['point_card_gift'], 'agent' => $old['point_card_total']]), "\n";
}
