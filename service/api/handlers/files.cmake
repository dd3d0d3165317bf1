# What the calls are, and what each does; paths are relative to service/api.
set(handlers
  routes.cpp codec.cpp views.cpp handlers/status.cpp handlers/messages.cpp handlers/campaigns.cpp
  handlers/campaign_actions.cpp handlers/cases.cpp handlers/directory.cpp handlers/gateways.cpp handlers/sandbox.cpp
  handlers/operations.cpp)
