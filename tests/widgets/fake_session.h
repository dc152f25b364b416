// A session that solves nothing: it remembers what was posted and publishes what it is told to.
#pragma once

#include "core/session/session_base.h"

#include <mutex>
#include <vector>

namespace orrery::test {

class FakeSession final : public SessionBase {
  public:
    void post(Command command) override { posted.push_back(std::move(command)); }

    [[nodiscard]] std::shared_ptr<const SnapshotBase> latest() const override {
        const std::lock_guard lock(m_mutex);
        return m_latest;
    }

    void setPublished(std::function<void()> published) override { m_published = std::move(published); }

    void publish(const TransportState& state, std::shared_ptr<const TimeMarks> marks = nullptr) {
        auto snapshot = std::make_shared<SnapshotBase>();
        snapshot->transport = state;
        snapshot->marks = std::move(marks);
        {
            const std::lock_guard lock(m_mutex);
            m_latest = std::move(snapshot);
        }
        if (m_published) m_published();
    }

    template <class C>
    [[nodiscard]] std::vector<C> postedOf() const {
        std::vector<C> found;
        for (const Command& command : posted)
            if (const C* match = std::get_if<C>(&command)) found.push_back(*match);
        return found;
    }

    std::vector<Command> posted;

  private:
    mutable std::mutex m_mutex;
    std::shared_ptr<const SnapshotBase> m_latest;
    std::function<void()> m_published;
};

} // namespace orrery::test
