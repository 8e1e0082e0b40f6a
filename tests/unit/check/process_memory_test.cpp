#include "firesweep/check/process_memory.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "catch.hpp"

using namespace firesweep;

namespace {

constexpr std::uint64_t mebibyte = 1 << 20;

/// A folder in the place of /, with what the system says there.
class Root {
 public:
  Root()
      : folder_(std::filesystem::temp_directory_path() / ("firesweep-memory-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(folder_);
    write("proc/meminfo", "MemTotal:       99999999 kB\nMemAvailable:    8388608 kB\n");
    write("proc/self/status", "Name:\tfiresweep\nVmSize:\t  102400 kB\nVmRSS:\t   51200 kB\n");
    write("proc/self/limits",
          "Max address space         unlimited            unlimited            bytes     \n");
    for (const char* name : variables) ::unsetenv(name);
  }
  ~Root() {
    std::filesystem::remove_all(folder_);
    for (const char* name : variables) ::unsetenv(name);
  }
  Root(const Root&) = delete;
  Root& operator=(const Root&) = delete;

  void write(const std::string& path, const std::string& text) {
    std::filesystem::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path) << text;
  }
  void group_v2(const std::string& path, const std::string& limit, std::uint64_t used,
                std::uint64_t inactive_file = 0) {
    write("sys/fs/cgroup" + path + "/memory.max", limit + "\n");
    write("sys/fs/cgroup" + path + "/memory.current", std::to_string(used) + "\n");
    write("sys/fs/cgroup" + path + "/memory.stat",
          "anon 1\ninactive_file " + std::to_string(inactive_file) + "\n");
  }

  AvailableMemory available() const { return available_memory(folder_.string()); }

 private:
  static constexpr const char* variables[] = {"SLURM_MEM_PER_NODE", "SLURM_MEM_PER_CPU",
                                              "SLURM_CPUS_ON_NODE"};
  std::filesystem::path folder_;
};

}  // namespace

TEST_CASE("without limits there is what the machine has free") {
  const Root root;
  CHECK(root.available().bytes == 8192 * mebibyte);
  CHECK(root.available().limit == "what is free on this machine");
}

TEST_CASE("where nothing is known, nothing limits") {
  const AvailableMemory nothing = available_memory("/there-is-no-such-folder");
  CHECK(nothing.bytes == std::numeric_limits<std::uint64_t>::max());
  CHECK(nothing.limit.empty());
}

TEST_CASE("the control group of the process limits, not the uppermost alone") {
  Root root;
  root.write("proc/self/cgroup", "0::/slurm/job_7\n");
  root.group_v2("", "max", 0);
  root.group_v2("/slurm", "max", 0);
  root.group_v2("/slurm/job_7", std::to_string(1024 * mebibyte), 24 * mebibyte);
  CHECK(root.available().bytes == 1000 * mebibyte);
  CHECK(root.available().limit == "the control group's /sys/fs/cgroup/slurm/job_7/memory.max");
}

TEST_CASE("a control group that the process's lies in limits as well") {
  Root root;
  root.write("proc/self/cgroup", "0::/slurm/job_7/step_0\n");
  root.group_v2("/slurm/job_7/step_0", "max", 0);
  root.group_v2("/slurm/job_7", std::to_string(1024 * mebibyte), 24 * mebibyte);
  CHECK(root.available().bytes == 1000 * mebibyte);
}

TEST_CASE("a container that shows its group as the uppermost is limited by it") {
  Root root;
  root.write("proc/self/cgroup", "0::/../elsewhere/container\n");
  root.group_v2("", std::to_string(512 * mebibyte), 12 * mebibyte);
  CHECK(root.available().bytes == 500 * mebibyte);
  CHECK(root.available().limit == "the control group's /sys/fs/cgroup/memory.max");
}

TEST_CASE("pages of files that a control group gives up when asked are available") {
  Root root;
  root.write("proc/self/cgroup", "0::/job\n");
  root.group_v2("/job", std::to_string(1024 * mebibyte), 1024 * mebibyte, 600 * mebibyte);
  CHECK(root.available().bytes == 600 * mebibyte);
}

TEST_CASE("a control group over its limit leaves nothing") {
  Root root;
  root.write("proc/self/cgroup", "0::/job\n");
  root.group_v2("/job", std::to_string(10 * mebibyte), 11 * mebibyte);
  CHECK(root.available().bytes == 0);
}

TEST_CASE("control groups of version 1 limit, whatever their place among the hierarchies") {
  Root root;
  root.write("proc/self/cgroup",
             "9:name=systemd:/a\n5:cpu,cpuacct:/b\n4:hugetlb,memory:/slurm/uid_0/job_7\n0::/\n");
  root.write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
  root.write("sys/fs/cgroup/memory/memory.usage_in_bytes", "5\n");
  const std::string job = "sys/fs/cgroup/memory/slurm/uid_0/job_7/memory.";
  root.write(job + "limit_in_bytes", std::to_string(300 * mebibyte));
  root.write(job + "usage_in_bytes", std::to_string(200 * mebibyte));
  root.write(job + "stat", "inactive_file 1\ntotal_inactive_file " + std::to_string(50 * mebibyte) + "\n");
  CHECK(root.available().bytes == 150 * mebibyte);
  CHECK(root.available().limit ==
        "the control group's /sys/fs/cgroup/memory/slurm/uid_0/job_7/memory.limit_in_bytes");
}

TEST_CASE("what Slurm gives of a node limits, less what the process has") {
  const Root root;
  ::setenv("SLURM_MEM_PER_NODE", "2048", 1);
  CHECK(root.available().bytes == (2048 - 50) * mebibyte);
  CHECK(root.available().limit == "SLURM_MEM_PER_NODE (sbatch --mem)");
  ::setenv("SLURM_MEM_PER_NODE", "0", 1);  // all of it
  CHECK(root.available().limit == "what is free on this machine");
}

TEST_CASE("what Slurm gives for a core limits, times the cores of the node") {
  const Root root;
  ::setenv("SLURM_MEM_PER_CPU", "512", 1);
  CHECK(root.available().limit == "what is free on this machine");  // of how many cores is not known
  ::setenv("SLURM_CPUS_ON_NODE", "4", 1);
  CHECK(root.available().bytes == (2048 - 50) * mebibyte);
  CHECK(root.available().limit == "SLURM_MEM_PER_CPU (sbatch --mem-per-cpu)");
}

TEST_CASE("ulimit -v limits, less the addresses that the process has") {
  Root root;
  root.write("proc/self/limits",
             "Max cpu time              unlimited            unlimited            seconds   \n"
             "Max address space         1073741824           unlimited            bytes     \n");
  CHECK(root.available().bytes == (1024 - 100) * mebibyte);
  CHECK(root.available().limit == "the limit of the address space (ulimit -v)");
}
