package io.tollgate.identity.internal.mail;

import io.tollgate.ground.config.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Which certificates of mail servers are believed: those that come from the ones in a file. */
final class MailTrust {
  private MailTrust() {}

  /**
   * Makes connections to servers with such certificates.
   *
   * @throws SettingsException naming the file, when there is none in it
   */
  static SSLSocketFactory in(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw wrong(file, null);
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (IOException | GeneralSecurityException e) {
      throw wrong(file, e);
    }
  }

  private static SettingsException wrong(Path file, @Nullable Exception cause) {
    SettingsException wrong =
        new SettingsException(
            "mail.smtp.ca.file: " + file + " (expected: a file with certificates in PEM)");
    if (cause != null) {
      wrong.addSuppressed(cause);
    }
    return wrong;
  }
}
