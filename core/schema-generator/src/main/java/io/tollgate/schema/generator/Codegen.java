package io.tollgate.schema.generator;

import io.tollgate.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.List;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.OnError;
import org.jooq.meta.jaxb.Target;

/** Tables and records of each schema, in a package of its own. */
final class Codegen {
  private final EmbeddedPostgres postgres;

  Codegen(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  void generate(List<String> contexts, Path output) throws Exception {
    for (String context : contexts) {
      GenerationTool.generate(configuration(context, output));
    }
  }

  private Configuration configuration(String context, Path output) {
    return new Configuration()
        .withLogging(Logging.WARN)
        .withOnError(OnError.FAIL)
        .withJdbc(
            new Jdbc()
                .withDriver("org.postgresql.Driver")
                .withUrl(postgres.jdbcUrl(ScratchDatabase.NAME))
                .withUser(EmbeddedPostgres.SUPERUSER)
                .withPassword(postgres.password()))
        .withGenerator(
            new Generator()
                .withDatabase(
                    new Database()
                        .withName("org.jooq.meta.postgres.PostgresDatabase")
                        .withIncludes(".*")
                        .withExcludes("flyway_history|.*_p[0-9]{6,8}")
                        .withInputSchema(context)
                        .withForcedTypes(
                            // every time is an instant; offsets are for showing
                            new ForcedType()
                                .withName("INSTANT")
                                .withIncludeTypes("timestamptz|timestamp with time zone")))
                .withGenerate(
                    new Generate()
                        .withDeprecated(false)
                        .withDeprecationOnUnknownTypes(false)
                        .withRecords(true)
                        .withPojos(false)
                        .withDaos(false)
                        .withJavaTimeTypes(true)
                        .withGeneratedAnnotation(false)
                        .withGlobalObjectNames(false))
                .withTarget(
                    new Target()
                        .withPackageName("io.tollgate.schema." + context)
                        .withDirectory(output.toString())
                        .withClean(true)));
  }
}
