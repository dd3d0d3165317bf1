#include "api/handlers/files.hpp"

#include "api/server/uploads.hpp"

namespace tongdai::api {

Result<OutFile> OutFile::create(const Context& context) {
  auto made = Upload::create(uploads_folder(context.data_dir));
  if (!made) return std::unexpected(made.error());
  auto owner = std::make_shared<Upload>(std::move(*made));
  static_cast<void>(owner->finish());  // others write it, by its name
  OutFile file;
  file.path_ = owner->path();
  file.owner_ = std::move(owner);
  return file;
}

Response OutFile::answer(std::string_view content_type, const std::string& name) const {
  std::error_code failed;
  const auto size = std::filesystem::file_size(path_, failed);
  if (failed) return problem(Error{Code::unavailable, "the file cannot be read back: " + failed.message()});
  Response response;
  response.content_type = content_type;
  response.file = BodyFile{path_, size, owner_};
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
  return response;
}

}  // namespace tongdai::api
