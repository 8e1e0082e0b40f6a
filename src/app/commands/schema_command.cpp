#include <memory>

#include <fmt/format.h>

#include "firesweep/config/experiment_file.hpp"

#include "commands/command.hpp"

namespace firesweep {
namespace {

struct SchemaOptions {
  bool as_table = false;
};

ExitCode schema_command(const SchemaOptions& options) {
  fmt::print("{}", options.as_table ? experiment_key_table() : experiment_schema());
  return ExitCode::done;
}

}  // namespace

Action add_schema(CLI::App& schema) {
  const auto read = std::make_shared<SchemaOptions>();
  SchemaOptions& options = *read;
  schema.add_flag("--table", options.as_table,
                  "print all keys, their defaults and meanings as a table in Markdown instead");
  schema.footer("Example:\n  firesweep schema > experiment.schema.json");
  return [read](const Invocation&) { return schema_command(*read); };
}

}  // namespace firesweep
